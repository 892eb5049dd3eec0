package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.Larder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code larder optimize}, {@code vacuum}, {@code history} and {@code restore} on a small lake. */
public class TableServicesTest {
  private static final RowSchema SCHEMA = RowSchema.of(Column.nullable("id", ColumnType.INT));
  private static final String SIZE = "\\d+(\\.\\d)? (B|KiB)";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private String lake;

  @Before
  public void lake() {
    lake = folder.getRoot().toString();
    for (String name : List.of("vault/hub_order", "vault/hub_shop", "marts/sales")) {
      append(name, 1);
      append(name, 2);
    }
  }

  private void append(String name, long id) {
    table(name).append(SCHEMA, List.<Object[]>of(new Object[] {id}).iterator());
  }

  private DeltaTable table(String name) {
    return DeltaTable.of(lake, name);
  }

  private List<Long> ids(String name) {
    List<Long> ids = new ArrayList<>();
    try (RowIterator rows = table(name).latest().rows()) {
      rows.forEachRemaining(row -> ids.add((Long) row[0]));
    }
    ids.sort(null);
    return ids;
  }

  private int larder(String verb, String... options) {
    out.reset();
    List<String> words = new ArrayList<>(List.of(verb, "--lake=" + lake));
    words.addAll(List.of(options));
    Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false);
    return Larder.printingTo(console).run(words.toArray(String[]::new));
  }

  private List<String> said() {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("^\\[ *\\d+\\.\\ds\\] ", ""))
        .filter(line -> !line.startsWith(" "))
        .toList();
  }

  private JsonNode report() throws IOException {
    List<String> texts = LakeFiles.texts(lake, "ops/runs");
    return new ObjectMapper().readTree(texts.get(texts.size() - 1));
  }

  @Test
  public void optimizeMakesOneFileOfManyInTheTablesThatAPatternMeans() throws IOException {
    assertThat(larder("optimize", "--table=vault/*"), is(0));

    assertThat(table("vault/hub_order").latest().files(), hasSize(1));
    assertThat(table("vault/hub_shop").latest().files(), hasSize(1));
    assertThat(table("marts/sales").latest().files(), hasSize(2));
    assertThat(ids("vault/hub_order"), contains(1L, 2L));
    assertThat(
        said(),
        contains(
            matchesPattern("vault/hub_order: 2 files of " + SIZE + " became 1 of " + SIZE),
            matchesPattern("vault/hub_shop: 2 files of " + SIZE + " became 1 of " + SIZE),
            matchesPattern("Optimized: 4 rows, \\d+ rows/s")));
    assertThat(report().path("rows").asLong(), is(4L));
    assertThat(report().path("tables").get(0).path("files_removed").asInt(), is(2));

    assertThat(larder("optimize", "--table=vault/hub_order"), is(0));
    assertThat(said().get(0), is("vault/hub_order: nothing to do"));
  }

  @Test
  public void optimizeClustersByColumnsAndRefusesWhatItCannot() {
    assertThat(larder("optimize", "--table=marts/sales", "--clusterBy=id"), is(0));
    assertThat(table("marts/sales").latest().files(), hasSize(1));

    assertThat(larder("optimize", "--table=marts/sales", "--clusterBy=idd"), is(2));
    assertThat(
        said(),
        contains(
            "larder optimize: "
                + table("marts/sales")
                + " has no column \"idd\". Known columns: id."));
    assertThat(larder("optimize", "--table=marts/sales", "--clusterBy=id,id"), is(2));
    assertThat(
        said(),
        contains(
            "larder optimize: --clusterBy=id,id: [id, id]: rows are clustered by 1 to 4 columns,"
                + " each named once"));
    assertThat(larder("optimize", "--table=marts/sales", "--targetFileSize=huge"), is(2));
    assertThat(
        said(),
        contains(
            "larder optimize: --targetFileSize=huge is no size. Write it like 64MiB, 1GiB or"
                + " 1048576."));
  }

  @Test
  public void aTableThatThereIsNotIsAnsweredWithTheNearest() {
    assertThat(larder("vacuum", "--table=vault/hub_ordr"), is(2));

    assertThat(
        said(),
        contains(
            "larder vacuum: --table=vault/hub_ordr: no such table in "
                + lake
                + ". Known: marts/sales, vault/hub_order, vault/hub_shop. Did you mean"
                + " \"vault/hub_order\"?"));
  }

  @Test
  public void vacuumSaysWhatItWouldDeleteAndThenDeletesIt() throws IOException {
    Path orphan = folder.getRoot().toPath().resolve("vault/hub_shop/part-killed.parquet");
    Files.write(orphan, new byte[100]);
    Files.setLastModifiedTime(orphan, FileTime.from(Instant.parse("2024-01-01T00:00:00Z")));

    assertThat(larder("vacuum", "--table=vault/hub_shop", "--dryRun"), is(0));
    assertThat(
        said(),
        contains(
            matchesPattern(
                "vault/hub_shop: 1 files \\(100 B\\) would be deleted; 2 files \\("
                    + SIZE
                    + "\\) are needed by versions since [-0-9T:.Z]+, 0 are younger"),
            is("Nothing was deleted. Without --dryRun, 1 files (100 B) would be.")));
    assertThat(out.toString(StandardCharsets.UTF_8).contains("    part-killed.parquet"), is(true));
    assertThat(Files.exists(orphan), is(true));

    assertThat(larder("vacuum", "--table=vault/hub_shop"), is(0));
    assertThat(Files.exists(orphan), is(false));
    assertThat(ids("vault/hub_shop"), contains(1L, 2L));
    assertThat(report().path("tables").get(0).path("files_deleted").asInt(), is(1));
  }

  @Test
  public void vacuumRefusesAShortRetentionUnlessItIsForced() {
    larder("optimize", "--table=vault/hub_shop");

    assertThat(larder("vacuum", "--table=vault/hub_shop", "--retention=PT0S"), is(2));
    assertThat(
        said().get(0),
        is(
            "larder vacuum: "
                + table("vault/hub_shop")
                + ": a retention of PT0S is shorter than the table's PT168H"
                + " (delta.deletedFileRetentionDuration). Files that readers or writers still use"
                + " could be deleted, and older versions can no longer be read. Take PT168H or more,"
                + " or force it once nothing else reads or writes the table."));
    assertThat(larder("vacuum", "--table=vault/hub_shop", "--retention=week"), is(2));
    assertThat(
        said(),
        contains("larder vacuum: --retention=week is no ISO-8601 duration. Write P7D or PT36H."));

    assertThat(larder("vacuum", "--table=vault/hub_shop", "--retention=PT0S", "--force"), is(0));
    assertThat(said().get(0).startsWith("vault/hub_shop: 2 files ("), is(true));
  }

  @Test
  public void historyShowsTheVersionsForPeopleAndForMachines() throws IOException {
    assertThat(larder("history", "--table=vault/hub_shop"), is(0));
    List<String> lines = said();
    assertThat(
        lines.get(0),
        is("version  time (UTC)                operation  engine  parameters and metrics"));
    assertThat(
        lines.get(1),
        matchesPattern(
            "1        [-0-9T:.]+Z  WRITE      Larder  mode=Append numFiles=1 numOutputBytes=\\d+"
                + " numOutputRows=1 numRemovedFiles=0"));
    assertThat(lines, hasSize(3));

    assertThat(larder("history", "--table=vault/hub_shop", "--limit=1", "--output=JSON"), is(0));
    JsonNode json = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(json.size(), is(1));
    assertThat(json.get(0).path("version").asLong(), is(1L));
    assertThat(json.get(0).path("operation").asText(), is("WRITE"));
    assertThat(json.get(0).path("metrics").path("numOutputRows").asText(), is("1"));
  }

  @Test
  public void restoreMakesAnOlderVersionTheLatest() {
    assertThat(larder("restore", "--table=vault/hub_shop", "--version=0"), is(0));

    assertThat(ids("vault/hub_shop"), contains(1L));
    assertThat(
        said().get(0),
        matchesPattern(
            "vault/hub_shop: version 0 is the latest again, as version 2: 0 files restored \\(0 B\\),"
                + " 1 removed \\("
                + SIZE
                + "\\)"));
    assertThat(larder("restore", "--table=vault/hub_shop", "--version=2"), is(0));
    assertThat(said(), contains("vault/hub_shop: version 2 is the latest already"));
  }

  @Test
  public void restoreNeedsOneVersion() {
    assertThat(larder("restore", "--table=vault/hub_shop"), is(2));
    assertThat(said(), contains("larder restore: Give --version or --timestamp, one of them."));
    assertThat(larder("restore", "--table=vault/hub_shop", "--timestamp=noon"), is(2));
    assertThat(
        said(),
        contains(
            "larder restore: --timestamp=noon is no instant. Write it like"
                + " 2026-11-01T00:00:00Z."));
  }
}
