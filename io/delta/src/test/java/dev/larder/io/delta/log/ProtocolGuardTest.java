package dev.larder.io.delta.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ProtocolGuardTest {
  private static final String DROP =
      ", which Larder cannot honour. Drop the feature with the engine that set it (ALTER TABLE ..."
          + " DROP FEATURE), or copy the table into a new one.";
  private static final String REPLACE =
      ", which Larder cannot honour. Replace it by a plain column with the engine that created the"
          + " table.";
  private static final String ADD = "{\"add\":{\"path\":\"f\",\"partitionValues\":{},\"size\":1";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path directory;
  private ForeignLog foreign;

  @Before
  public void table() {
    directory = folder.getRoot().toPath().resolve("t");
    foreign = new ForeignLog(directory);
  }

  private String refusedReading() {
    return refused(() -> foreign.open().latest());
  }

  private String refusedWriting() {
    TableLog log = foreign.open();
    assertThat(log.latest().orElseThrow().version(), is(0L));
    LogCommit commit = new LogCommit(TableOperation.WRITE, log.latest().orElseThrow().schema());
    String message = refused(() -> log.commit(commit));
    assertThat(refused(log::requireWritable), is(message));
    assertThat(foreign.open().latest().orElseThrow().version(), is(0L));
    return message;
  }

  private static String refused(org.junit.function.ThrowingRunnable action) {
    return assertThrows(UserException.class, action).getMessage();
  }

  @Test
  public void refusesToReadAFileWithADeletionVector() throws IOException {
    foreign.write(
        0,
        ForeignLog.features("\"deletionVectors\"", "\"deletionVectors\""),
        foreign.metadata("{}"),
        ADD
            + ",\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"x\",\"offset\":1}}}");

    assertThat(
        refusedReading(),
        is(
            directory
                + " uses deletion vectors (deletionVectors), which Larder cannot honour. Set"
                + " delta.enableDeletionVectors=false and run REORG TABLE ... APPLY (PURGE) with the"
                + " engine that set it, or copy the table into a new one."));
  }

  @Test
  public void readsATableWhoseDeletionVectorsWerePurged() throws IOException {
    foreign.write(
        0,
        ForeignLog.features("\"deletionVectors\"", "\"deletionVectors\""),
        foreign.metadata("{}"),
        ADD
            + ",\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"x\",\"offset\":1}}}");
    foreign.write(
        1,
        ADD + ",\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"x\",\"offset\":9}}}",
        "{\"remove\":{\"path\":\"f\",\"deletionTimestamp\":1,\"dataChange\":true,"
            + "\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"x\",\"offset\":1}}}");
    assertThat(refusedReading().contains("deletion vectors"), is(true));
    foreign.write(
        2,
        "{\"remove\":{\"path\":\"f\",\"deletionTimestamp\":1,\"dataChange\":true,"
            + "\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"x\",\"offset\":9}}}",
        "{\"add\":{\"path\":\"g\",\"partitionValues\":{},\"size\":1}}");

    TableLog log = foreign.open();

    assertThat(
        log.latest().orElseThrow().files().stream().map(DataFile::path).toList(), contains("g"));
    assertThat(
        refused(log::requireWritable),
        is(directory + " uses the table features [deletionVectors]" + DROP));
  }

  @Test
  public void refusesToReadMappedColumns() throws IOException {
    foreign.write(
        0,
        "{\"protocol\":{\"minReaderVersion\":2,\"minWriterVersion\":5}}",
        foreign.metadata("{\"delta.columnMapping.mode\":\"name\"}"));

    assertThat(
        refusedReading(), is(directory + " uses column mapping (columnMapping, mode name)" + DROP));
  }

  @Test
  public void readsButDoesNotWriteATableThatMayMapItsColumns() throws IOException {
    foreign.write(
        0,
        "{\"protocol\":{\"minReaderVersion\":2,\"minWriterVersion\":2}}",
        foreign.metadata("{}"));

    assertThat(
        refusedWriting(),
        is(directory + " uses protocol reader version 2 (column mapping)" + DROP));
  }

  @Test
  public void refusesToReadTimestampsWithoutZone() throws IOException {
    foreign.columns =
        "{\\\"name\\\":\\\"t\\\",\\\"type\\\":\\\"timestamp_ntz\\\",\\\"nullable\\\":true,"
            + "\\\"metadata\\\":{}}";
    foreign.write(
        0, ForeignLog.features("\"timestampNtz\"", "\"timestampNtz\""), foreign.metadata("{}"));

    assertThat(
        refusedReading(),
        is(
            directory
                + " has a column of type timestamp_ntz, which Larder cannot honour. Copy the table"
                + " without them, or with other types."));
  }

  @Test
  public void refusesToReadWidenedTypes() throws IOException {
    foreign.columns =
        "{\\\"name\\\":\\\"n\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":"
            + "{\\\"delta.typeChanges\\\":[{\\\"toType\\\":\\\"long\\\",\\\"fromType\\\":"
            + "\\\"integer\\\"}]}}";
    foreign.write(
        0, ForeignLog.features("\"typeWidening\"", "\"typeWidening\""), foreign.metadata("{}"));

    assertThat(
        refusedReading(),
        is(directory + " uses a widened type (typeWidening) of column \"n\"" + DROP));
  }

  @Test
  public void refusesToReadWhatItDoesNotKnow() throws IOException {
    foreign.write(
        0,
        ForeignLog.features("\"futureThing\",\"vacuumProtocolCheck\"", "\"futureThing\""),
        foreign.metadata("{}"));

    assertThat(refusedReading(), is(directory + " uses the table features [futureThing]" + DROP));
  }

  @Test
  public void refusesToReadALogThatStartsWithANewerCheckpoint() throws IOException {
    foreign.write(
        4, ForeignLog.features("\"v2Checkpoint\"", "\"v2Checkpoint\""), foreign.metadata("{}"));
    foreign.touch("00000000000000000004.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.parquet");

    assertThat(
        refusedReading(),
        is(directory + " uses checkpoints of the second kind (v2Checkpoint)" + DROP));
  }

  @Test
  public void readsButDoesNotWriteLegacyWriterProtocols() throws IOException {
    for (String[] legacy :
        new String[][] {
          {"3", "{}", "3 (CHECK constraints)"},
          {"3", "{\"delta.constraints.c\":\"id > 0\"}", "3 (CHECK constraints)"},
          {"4", "{}", "4 (change data feed, generated columns)"},
          {"4", "{\"delta.enableChangeDataFeed\":\"true\"}", "4 (change data feed)"},
          {"6", "{}", "6 (identity columns)"}
        }) {
      foreign.clear();
      foreign.write(
          0,
          "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":" + legacy[0] + "}}",
          foreign.metadata(legacy[1]));

      assertThat(
          refusedWriting(), is(directory + " uses protocol writer version " + legacy[2] + DROP));
    }
  }

  @Test
  public void readsButDoesNotWriteWriterFeatures() throws IOException {
    for (String feature :
        new String[] {
          "changeDataFeed",
          "rowTracking",
          "clustering",
          "generatedColumns",
          "checkConstraints",
          "identityColumns",
          "inCommitTimestamp",
          "domainMetadata",
          "allowColumnDefaults"
        }) {
      foreign.clear();
      foreign.write(
          0,
          "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":"
              + "[\"appendOnly\",\"invariants\",\""
              + feature
              + "\"]}}",
          foreign.metadata("{}"));

      assertThat(
          refusedWriting(), is(directory + " uses the table features [" + feature + "]" + DROP));
    }
  }

  @Test
  public void doesNotWriteColumnsWithRules() throws IOException {
    for (String[] rule :
        new String[][] {
          {"delta.invariants", "a column invariant (\"s.n\")"},
          {"delta.generationExpression", "a generated column (\"s.n\")"},
          {"delta.identity.start", "an identity column (\"s.n\")"},
          {"CURRENT_DEFAULT", "a column default (\"s.n\")"},
          {"__CHAR_VARCHAR_TYPE_STRING", "a column of limited length (\"s.n\")"}
        }) {
      foreign.clear();
      foreign.columns =
          "{\\\"name\\\":\\\"s\\\",\\\"type\\\":{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":["
              + "{\\\"name\\\":\\\"n\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,"
              + "\\\"metadata\\\":{\\\""
              + rule[0]
              + "\\\":\\\"1\\\"}}]},\\\"nullable\\\":true,\\\"metadata\\\":{}}";
      foreign.write(0, ForeignLog.PROTOCOL, foreign.metadata("{}"));

      assertThat(refusedWriting(), is(directory + " uses " + rule[1] + REPLACE));
    }
  }

  @Test
  public void writesATableOfWriterFeaturesThatAreHonoured() throws IOException {
    foreign.write(
        0,
        "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":"
            + "[\"appendOnly\",\"invariants\"]}}",
        foreign.metadata("{}"));

    foreign
        .open()
        .commit(
            new LogCommit(
                TableOperation.WRITE, RowSchema.of(Column.nullable("id", ColumnType.INT))));

    assertThat(foreign.open().latest().orElseThrow().version(), is(1L));
  }

  @Test
  public void removesNoRowsFromAnAppendOnlyTable() throws IOException {
    foreign.write(
        0, ForeignLog.PROTOCOL, foreign.metadata("{\"delta.appendOnly\":\"true\"}"), ADD + "}}");
    TableLog log = foreign.open();
    TableState state = log.latest().orElseThrow();
    LogCommit delete = new LogCommit(TableOperation.DELETE, state.schema());
    delete.removed.addAll(state.files());
    LogCommit fold = new LogCommit(TableOperation.OPTIMIZE, state.schema());
    fold.foldedAway.addAll(state.files());

    assertThat(
        refused(() -> log.commit(delete)),
        is(
            directory
                + " is append-only (delta.appendOnly=true): rows are neither replaced nor removed."
                + " Append to it, or set the property to false with the engine that created the"
                + " table."));
    assertThat(log.commit(fold), is(new LogCommit.Outcome(1, false)));
  }

  @Test
  public void doesNotTravelByTimesThatAreInsideOfCommits() throws IOException {
    foreign.write(
        0, ForeignLog.PROTOCOL, foreign.metadata("{\"delta.enableInCommitTimestamps\":\"true\"}"));

    assertThat(
        refused(() -> foreign.open().versionAsOf(Instant.now())),
        is(directory + " uses times inside of commits (inCommitTimestamp) for time travel" + DROP));
  }

  @Test
  public void seesAProtocolThatIsRaisedWhileItIsOpen() throws IOException {
    foreign.write(0, ForeignLog.PROTOCOL, foreign.metadata("{}"));
    TableLog log = foreign.open();
    log.requireWritable();
    foreign.write(1, "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":3}}");

    LogCommit commit = new LogCommit(TableOperation.WRITE, log.latest().orElseThrow().schema());

    assertThat(
        refused(() -> log.commit(commit)),
        is(directory + " uses protocol writer version 3 (CHECK constraints)" + DROP));
  }
}
