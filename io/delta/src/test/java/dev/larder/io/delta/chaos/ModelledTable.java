package dev.larder.io.delta.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.LarderException;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.SteppedLoad;
import dev.larder.io.delta.log.CommitInfo;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.service.OptimizeSettings;
import dev.larder.io.delta.service.VacuumSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A table and its model, to both of which the same is done. */
final class ModelledTable {
  private static final String NAME = "t";
  private static final VacuumSettings VACUUM_ALL =
      VacuumSettings.DEFAULT
          .withRetention(Duration.ZERO)
          .withShortRetention(VacuumSettings.ShortRetention.FORCE);

  private final Path folder;
  private final Random random;
  private final RandomTable table;
  private final ModelTable model;
  private final ForeignWriter foreign;
  private String lake;
  private long clock;
  private long batch;
  private int reopened;
  private long version = -1;

  /** Versions from here on must be readable. */
  private long retained;

  ModelledTable(Path folder, long seed) throws IOException {
    this.folder = folder;
    this.random = new Random(seed);
    this.table = new RandomTable(NAME, random);
    this.model = new ModelTable(table.spec.rule());
    this.lake = Files.createDirectory(folder.resolve("lake")).toString();
    this.foreign = new ForeignWriter(lake, NAME);
    DeltaTable.create(lake, table.spec);
    commit();
  }

  private DeltaTable stored() {
    return DeltaTable.of(lake, NAME);
  }

  void run(TableDeed deed) throws IOException {
    switch (deed.kind()) {
      case LOAD -> load("a", rows()).commit();
      case LOAD_TWICE -> loadTwice();
      case LOAD_AGAINST_FOREIGN_APPEND -> loadAgainst(TableDeed.Kind.FOREIGN_APPEND, deed.choice());
      case LOAD_AGAINST_FOREIGN_COMPACTION ->
          loadAgainst(TableDeed.Kind.FOREIGN_COMPACTION, deed.choice());
      case LOAD_AGAINST_FOREIGN_DELETE -> loadAgainst(TableDeed.Kind.FOREIGN_DELETE, deed.choice());
      case LOAD_AGAINST_LOAD -> loadAgainst(TableDeed.Kind.LOAD, deed.choice());
      case APPEND -> {
        List<Object[]> strange = strange();
        stored().append(table.spec.schema(), strange.iterator());
        model.add(strange);
      }
      case FOREIGN_APPEND -> {
        List<Object[]> strange = strange();
        foreign.append(strange);
        model.add(strange);
      }
      case FOREIGN_COMPACTION -> foreign.compact();
      case FOREIGN_DELETE -> model.remove(foreign.delete(deed.choice()));
      case OPTIMIZE -> stored().optimize(OptimizeSettings.DEFAULT);
      case CLUSTER ->
          stored().optimize(OptimizeSettings.DEFAULT.withClusterBy(List.of("key", "order")));
      case CHECKPOINT -> stored().checkpoint();
      case RESTORE -> restore(deed.choice());
      case VACUUM -> {
        stored().vacuum(VACUUM_ALL);
        retained = version;
      }
      case CLEAN_UP -> {
        DeltaLogs.of(lake, NAME).cleanUp(Duration.ZERO);
        retained = version;
      }
      case REOPEN -> reopen();
    }
    commit();
    assertThat(deed.toString(), Rows.read(stored().latest()), is(model.texts()));
  }

  /** What was done to the model is what the new versions hold. */
  private void commit() {
    long latest = stored().latest().version();
    model.commit(version + 1, latest);
    version = latest;
  }

  private List<Object[]> rows() {
    List<Object[]> rows = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      rows.add(table.row(random, ++clock));
    }
    return rows;
  }

  private List<Object[]> strange() {
    List<Object[]> rows = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      rows.add(table.strange(random, ++clock));
    }
    return rows;
  }

  /** Loads rows up to the commit; the model has them already. */
  private SteppedLoad load(String app, List<Object[]> rows) {
    rows.forEach(model::load);
    return begin(app, rows).merge();
  }

  private SteppedLoad begin(String app, List<Object[]> rows) {
    List<TableRow> incoming = new ArrayList<>();
    for (Object[] row : rows) {
      Object[] values = row.clone();
      incoming.add(Rows.put(NAME, table.spec.schema(), (Long) row[1], values));
    }
    return new SteppedLoad(lake, List.of(table.spec), app, batch++).deal(incoming);
  }

  private void loadTwice() {
    SteppedLoad load = load("a", rows());
    load.commit();
    load.commit();
  }

  /**
   * Something else is committed after rows were dealt out to buckets, or after they were merged: it
   * comes first then, unless the merge had nothing to do.
   */
  private void loadAgainst(TableDeed.Kind other, int choice) throws IOException {
    List<Object[]> early = rows();
    List<Object[]> late = rows();
    SteppedLoad load = begin("a", late);
    if (choice % 2 == 0) {
      load.merge();
    }
    ModelTable asRead = model.copy();
    if (other == TableDeed.Kind.LOAD) {
      begin("b", early).merge().commit();
      early.forEach(model::load);
    } else {
      run(new TableDeed(other, choice));
    }
    commit();
    load.merge().commit();
    if (stored().latest().version() > version) {
      late.forEach(model::load);
    } else {
      assertThat(
          "a load that made no version had nothing to do",
          asRead.isUnchangedBy(late) || model.isUnchangedBy(late),
          is(true));
    }
  }

  private void restore(int choice) {
    long wanted = retained + choice % (version - retained + 1);
    stored().restore(wanted);
    model.restore(wanted);
  }

  /** The table under another name: its log is loaded anew. */
  private void reopen() throws IOException {
    Path link = folder.resolve("lake" + ++reopened);
    lake = Files.createSymbolicLink(link, folder.resolve("lake")).toString();
  }

  /** Reads every version, in a log that is as it is and in one that is loaded anew. */
  void checkVersions() throws IOException {
    checkVersionsOnce();
    reopen();
    checkVersionsOnce();
    for (CommitInfo info : stored().history(Integer.MAX_VALUE)) {
      if (info.version() >= retained) {
        assertThat(stored().asOf(info.time()).version(), is(info.version()));
      }
    }
  }

  private void checkVersionsOnce() {
    for (long each = 0; each <= version; each++) {
      List<String> rows;
      try {
        rows = Rows.read(stored().at(each));
      } catch (LarderException e) {
        if (each >= retained) {
          throw e;
        }
        continue;
      }
      assertThat("version " + each, rows, is(model.texts(each)));
    }
  }
}
