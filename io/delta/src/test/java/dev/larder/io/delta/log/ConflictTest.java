package dev.larder.io.delta.log;

import static dev.larder.io.delta.log.DataFile.ANY_BUCKET;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.store.TableStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Two writers of one table: what one has read when the other commits. */
public class ConflictTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(Column.nullable("id", ColumnType.INT), Column.nullable("f", ColumnType.FLOAT));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path directory;
  private TableLog ours;
  private TableLog theirs;

  /** Version 0 holds a file of bucket 0, one of bucket 1, and one that is of no bucket. */
  @Before
  public void table() {
    directory = folder.getRoot().toPath().resolve("t");
    ours = new StoredLog(TableStores.at(directory.toString()));
    theirs = new StoredLog(TableStores.at(directory.toString()));
    LogCommit first = commit(TableOperation.WRITE);
    first.added.addAll(List.of(file("a0", 0), file("a1", 1), file("any", ANY_BUCKET)));
    first.properties = Map.of("larder.buckets", "2");
    ours.commit(first);
  }

  private static LogCommit commit(TableOperation operation) {
    return new LogCommit(operation, SCHEMA);
  }

  private static DataFile file(String path, int bucket) {
    return new DataFile(path, 1, 1, "{\"numRecords\":1}", DataFile.bucketTag(bucket));
  }

  private DataFile live(String path) {
    return theirs.latest().orElseThrow().files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private Stream<String> files() {
    return ours.latest().orElseThrow().files().stream().map(DataFile::path);
  }

  /** A merge that has read version 0 of a bucket and inserts. */
  private static LogCommit merge(int bucket) {
    LogCommit merge = commit(TableOperation.MERGE);
    merge.reads(bucket, 0);
    merge.added.add(file("merged", bucket));
    return merge;
  }

  private void theyAdd(String path, int bucket) {
    LogCommit commit = commit(TableOperation.WRITE);
    commit.added.add(file(path, bucket));
    theirs.commit(commit);
  }

  private void theyRemove(String path) {
    LogCommit commit = commit(TableOperation.DELETE);
    commit.removed.add(live(path));
    theirs.commit(commit);
  }

  private void theyFold(String path, int bucket) {
    LogCommit commit = commit(TableOperation.OPTIMIZE);
    commit.foldedAway.add(live(path));
    commit.folded.add(file(path + "-folded", bucket));
    commit.onLostFold = LogCommit.OnLostFold.REFUSE;
    theirs.commit(commit);
  }

  private ConflictException refused(LogCommit commit) {
    long before = theirs.latest().orElseThrow().version();
    ConflictException conflict = assertThrows(ConflictException.class, () -> ours.commit(commit));
    assertThat(theirs.latest().orElseThrow().version(), is(before));
    return conflict;
  }

  private String message(String what, long now) {
    return directory
        + ": another writer changed the table ("
        + what
        + ") between version 0, which the merge has read, and version "
        + now
        + ". Nothing was written; run the batch again.";
  }

  @Test
  public void aMergeIsNotDisturbedByAnotherBucket() {
    theyAdd("b1", 1);
    theyRemove("a1");

    assertThat(ours.commit(merge(0)), is(new LogCommit.Outcome(3, false)));
    assertThat(files().toList(), containsInAnyOrder("a0", "b1", "any", "merged"));
  }

  @Test
  public void aMergeIsDisturbedByRowsOfItsBucket() {
    theyAdd("b0", 0);

    ConflictException conflict = refused(merge(0));

    assertThat(conflict.getMessage(), is(message("added rows", 1)));
    assertThat(conflict.buckets(), is(Set.of(0)));
    assertThat(conflict.affects(0), is(true));
    assertThat(conflict.affects(1), is(false));
    assertThat(conflict.affects(ANY_BUCKET), is(true));
  }

  @Test
  public void aMergeIsDisturbedByRowsOfNoBucket() {
    theyAdd("b", ANY_BUCKET);

    assertThat(refused(merge(0)).buckets(), is(Set.of(0)));
  }

  @Test
  public void aMergeIsDisturbedByRowsThatWent() {
    theyRemove("a0");

    ConflictException conflict = refused(merge(0));

    assertThat(conflict.getMessage(), is(message("removed rows", 1)));
    assertThat(conflict.buckets(), is(Set.of(0)));
  }

  @Test
  public void aMergeOfTheWholeTableIsToldWhichBucketsChanged() {
    theyAdd("b1", 1);

    assertThat(refused(merge(ANY_BUCKET)).buckets(), is(Set.of(1)));
  }

  @Test
  public void onlyTheBucketsThatChangedAreToBeMergedAgain() {
    theyAdd("b1", 1);
    LogCommit merge = merge(0);
    merge.reads(1, 0);
    assertThat(refused(merge).buckets(), is(Set.of(1)));
    theyAdd("c", 2);

    LogCommit again = merge(0);
    again.reads(1, 1);

    assertThat(ours.commit(again), is(new LogCommit.Outcome(3, false)));
  }

  @Test
  public void anInsertIsNotDisturbedByARewriteThatChangesNoRows() {
    theyFold("a0", 0);

    assertThat(ours.commit(merge(0)), is(new LogCommit.Outcome(2, false)));
    assertThat(files().toList(), containsInAnyOrder("a0-folded", "a1", "any", "merged"));
  }

  @Test
  public void aRewriteIsDisturbedIfItsFilesWereRewritten() {
    DataFile file = live("a0");
    theyFold("a0", 0);
    LogCommit rewrite = merge(0);
    rewrite.removed.add(file);

    ConflictException conflict = refused(rewrite);

    assertThat(conflict.getMessage(), is(message("rewrote its files", 1)));
    assertThat(conflict.buckets(), is(Set.of(0)));
  }

  @Test
  public void aRemovalWithoutReadingIsRefusedIfItsFileIsGone() {
    DataFile file = live("a1");
    theyRemove("a1");
    LogCommit delete = commit(TableOperation.DELETE);
    delete.removed.add(file);

    ConflictException conflict = refused(delete);

    assertThat(
        conflict.getMessage(),
        is(
            directory
                + ": 1 file to be replaced or removed is no longer part of version 1: another"
                + " writer was faster. Nothing was written; run it again."));
    assertThat(conflict.buckets(), is(Set.of(1)));
  }

  @Test
  public void aCompactionIsRefusedIfItsFilesAreGoneButNotByAppends() {
    DataFile kept = live("a1");
    DataFile gone = live("a0");
    theyRemove("a0");
    theyAdd("b1", 1);
    LogCommit lost = commit(TableOperation.OPTIMIZE);
    lost.onLostFold = LogCommit.OnLostFold.REFUSE;
    lost.foldedAway.add(gone);
    lost.folded.add(file("x", 0));
    LogCommit good = commit(TableOperation.OPTIMIZE);
    good.onLostFold = LogCommit.OnLostFold.REFUSE;
    good.foldedAway.add(kept);
    good.folded.add(file("y", 1));

    assertThat(refused(lost).buckets(), is(Set.of(0)));
    assertThat(ours.commit(good), is(new LogCommit.Outcome(3, false)));
    assertThat(files().toList(), containsInAnyOrder("any", "b1", "y"));
  }

  @Test
  public void aBatchThatIsInTheLogIsNotCommittedBesideAConflict() {
    LogCommit merge = merge(0);
    merge.transaction = new LogCommit.Transaction("app", 7);
    LogCommit same = merge(0);
    same.transaction = new LogCommit.Transaction("app", 7);
    theirs.commit(same);

    assertThat(ours.commit(merge), is(new LogCommit.Outcome(1, true)));
  }

  @Test
  public void columnsThatOthersAddedStay() {
    LogCommit wider =
        new LogCommit(
            TableOperation.ADD_COLUMNS,
            RowSchema.of(
                Column.nullable("id", ColumnType.INT), Column.nullable("n", ColumnType.STRING)));
    theirs.commit(wider);
    LogCommit merge =
        new LogCommit(
            TableOperation.MERGE,
            RowSchema.of(
                Column.nullable("id", ColumnType.INT), Column.nullable("m", ColumnType.DATE)));
    merge.reads(0, 0);
    merge.added.add(file("merged", 0));

    ours.commit(merge);

    assertThat(ours.latest().orElseThrow().schema().names(), contains("id", "f", "n", "m"));
  }

  @Test
  public void columnsThatOthersAddedInAnotherTypeAreRefused() {
    theirs.commit(
        new LogCommit(
            TableOperation.ADD_COLUMNS, RowSchema.of(Column.nullable("n", ColumnType.STRING))));
    LogCommit append =
        new LogCommit(TableOperation.WRITE, RowSchema.of(Column.nullable("n", ColumnType.BOOLEAN)));
    append.added.add(file("b", 0));

    UserException error = assertThrows(UserException.class, () -> ours.commit(append));

    assertThat(
        error.getMessage(),
        is(
            DeltaErrors.typeConflict(
                    directory.toString(), "n", ColumnType.STRING, ColumnType.BOOLEAN)
                .getMessage()));
  }

  @Test
  public void anAppendIsDisturbedByColumnsThatWereWidened() {
    LogCommit widen =
        new LogCommit(
            TableOperation.WRITE,
            RowSchema.of(
                Column.nullable("id", ColumnType.INT), Column.nullable("f", ColumnType.DOUBLE)));
    widen.replacesSchema = true;
    widen.reads(ANY_BUCKET, 0);
    widen.foldedAway.addAll(ours.latest().orElseThrow().files());
    widen.folded.add(file("wide", ANY_BUCKET));
    theirs.commit(widen);
    LogCommit append = commit(TableOperation.WRITE);
    append.added.add(file("narrow", 0));

    ConflictException conflict = refused(append);

    assertThat(
        conflict.getMessage(),
        is(
            directory
                + ": another writer changed the table (changed its columns) up to version 1, so that"
                + " what was written does not fit it any more. Nothing became visible; run the"
                + " batch again."));
    assertThat(conflict.affects(0), is(true));
  }

  @Test
  public void aMergeIsDisturbedByColumnsThatOthersReplaced() {
    LogCommit replace =
        new LogCommit(
            TableOperation.REPLACE_TABLE, RowSchema.of(Column.nullable("id", ColumnType.INT)));
    replace.replacesSchema = true;
    theirs.commit(replace);

    ConflictException conflict = refused(merge(0));

    assertThat(conflict.getMessage(), is(message("changed its columns", 1)));
    assertThat(conflict.buckets(), is(Set.of(ANY_BUCKET)));
  }

  @Test
  public void aReplacementIsDisturbedByAnyRow() {
    LogCommit replace = commit(TableOperation.REPLACE_TABLE);
    replace.replacesSchema = true;
    replace.reads(ANY_BUCKET, 0);
    replace.removed.addAll(ours.latest().orElseThrow().files());
    theyAdd("b0", 0);

    assertThat(refused(replace).buckets(), is(Set.of(0)));
  }

  @Test
  public void aTableThatWasNotThereWhenItWasReadIsAConflict() {
    LogCommit merge = commit(TableOperation.MERGE);
    merge.reads(0, -1);
    merge.added.add(file("merged", 0));

    ConflictException conflict = refused(merge);

    assertThat(
        conflict.getMessage(),
        is(
            directory
                + ": another writer changed the table (made it anew) between version -1, which the"
                + " merge has read, and version 0. Nothing was written; run the batch again."));
    assertThat(conflict.affects(5), is(true));
  }

  @Test
  public void whatWasReadLongAgoIsCheckedFromTheLogItself() {
    for (int i = 0; i < 80; i++) {
      theyAdd("b" + i, 1);
    }
    TableLog fresh = new StoredLog(TableStores.at(directory.toString()));

    assertThat(fresh.commit(merge(0)), is(new LogCommit.Outcome(81, false)));
    assertThat(
        assertThrows(ConflictException.class, () -> fresh.commit(merge(1))).buckets(),
        is(Set.of(1)));
  }

  @Test
  public void aRestoreGetsColumnsAndPropertiesBack() {
    LogCommit replace =
        new LogCommit(
            TableOperation.REPLACE_TABLE, RowSchema.of(Column.nullable("other", ColumnType.DATE)));
    replace.replacesSchema = true;
    replace.reads(ANY_BUCKET, 0);
    replace.removed.addAll(ours.latest().orElseThrow().files());
    replace.added.add(file("o", 0));
    theirs.commit(replace);
    TableState then = ours.at(0);
    TableState now = ours.latest().orElseThrow();
    LogCommit restore = new LogCommit(TableOperation.RESTORE, then.schema());
    restore.metadataOf = java.util.OptionalLong.of(0);
    restore.reads(ANY_BUCKET, now.version());
    restore.removed.addAll(now.files());
    restore.added.addAll(then.files());

    ours.commit(restore);

    TableState after = theirs.latest().orElseThrow();
    assertThat(after.schema(), is(SCHEMA));
    assertThat(after.properties(), is(Map.of("larder.buckets", "2")));
    assertThat(after.files(), containsInAnyOrder(then.files().toArray()));
    assertThat(theirs.tombstones().stream().map(DataFile::path).toList(), contains("o"));
  }
}
