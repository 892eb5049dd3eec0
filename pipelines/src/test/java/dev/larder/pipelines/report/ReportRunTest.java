package dev.larder.pipelines.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.options.ReportOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ReportRunTest {
  private static final Instant NOW = Instant.parse("2024-10-05T12:00:00.5Z");
  private static final int ORIGIN = SmallLake.ORIGIN;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private SmallLake lake;

  @Before
  public void makeLake() {
    lake = new SmallLake(folder.getRoot().toPath().resolve("lake").toString());
  }

  @Test
  public void countsTheTablesOfTheLake() {
    lake.withRows("bronze/pos/orders", 3).withRows("bronze/pos/orders", 4);
    lake.withRows("vault/hub_order", 2);

    ReportData data = collect();

    List<LakeTable> tables = data.tables();
    assertThat(
        tables.stream().map(LakeTable::name).toList(),
        contains("bronze/pos/orders", "vault/hub_order"));
    assertThat(tables.stream().map(LakeTable::rows).toList(), contains(7L, 2L));
    assertThat(tables.get(0).files(), is(2L));
    assertThat(tables.get(0).version(), is(1L));
    assertThat(tables.get(0).bytes() > 0, is(true));
    assertThat(data.subtitle(), is(lake.path() + ", 2024-10-05T12:00:00Z"));
    assertThat(data.notes(), is(empty()));
    assertThat(
        data.tiles(),
        contains(
            Tile.plain("tables", "2"),
            Tile.plain("rows in bronze", "7"),
            Tile.plain("changes streamed", "0"),
            new Tile("dead letters", "0", Tile.State.OK),
            Tile.plain("verify", "not run")));
  }

  @Test
  public void takesBatchesFromTheLedgerSoThatThoseOfAKilledRunAreThere() {
    lake.withBatch(1, 10, 1.5).withBatch(2, 20, 3.5).withBatch(3, 1_000, 2.0);
    lake.withRun(
        run("stream", "2024-10-05T10:00:00Z", 0)
            .with("batches", List.of(Map.of("batch", 3, "records", 1_000, "lag", 5)))
            .map);
    Ledger.open(lake.path()).planned(Ledger.STREAM, 4, "{}");

    ReportData data = collect();

    assertThat(
        data.batches(),
        contains(
            new Batch(1, 10, 0, 1.5, null),
            new Batch(2, 20, 0, 3.5, null),
            new Batch(3, 1_000, 0, 2.0, 5L)));
    assertThat(
        data.tiles().subList(2, 5),
        contains(
            Tile.plain("changes streamed", "1,030"),
            Tile.plain("median batch; the slowest 3.5 s", "2.0 s"),
            Tile.plain("records behind after the last batch", "5")));
    assertThat(
        data.notes(),
        contains(
            "Batch 4 is planned and not done: the next `larder stream` runs it again, over the"
                + " same offsets."));
  }

  @Test
  public void countsBatchesThatTheLedgerHasFolded() {
    lake.withBatch(1, 10, 1.5).withBatch(2, 20, 3.5).withBatch(3, 1_000, 2.0);
    Ledger.open(lake.path())
        .fold(Ledger.STREAM, 2, "{\"batches\": 2, \"total\": {\"records\": 30}}");

    ReportData data = collect();

    assertThat(data.batches(), contains(new Batch(3, 1_000, 0, 2.0, null)));
    assertThat(data.batchesLeftOut(), is(2L));
    assertThat(data.tiles().get(2), is(Tile.plain("changes streamed", "1,030")));
  }

  @Test
  public void showsWhatTheLastVerifyFoundWithTheDifferencesFirst() {
    lake.withRows("vault/hub_order", 1);
    lake.withRun(run("verify", "2024-10-05T09:00:00Z", 0).with("differences", 0).map);
    lake.withRun(
        run("verify", "2024-10-05T10:00:00Z", 5)
            .with("message", "3 differences")
            .with("compared", 30)
            .with("differences", 3)
            .with("comparisons", List.of(comparison("hub_order", 10, 0), comparison("s", 20, 3)))
            .map);
    lake.withRun(run("stream", "2024-10-05T11:00:00Z", 0).map);

    ReportData data = collect();

    assertThat(
        data.verified(),
        is(
            new VerifyOutcome(
                "2024-10-05T10:00:00Z",
                true,
                true,
                30,
                3,
                List.of(
                    new VerifyOutcome.Comparison("s", "pos.orders", 20, 3),
                    new VerifyOutcome.Comparison("hub_order", "pos.orders", 10, 0)))));
    assertThat(
        data.tiles().get(4),
        is(new Tile("differences found by verify in 30 rows", "3", Tile.State.BAD)));
    assertThat(
        data.runs().stream().map(ReportData.Run::verb).toList(),
        contains("stream", "verify", "verify"));
  }

  @Test
  public void aVerifyThatFailedOnTheWayIsNoCleanOne() {
    lake.withRows("vault/hub_order", 1);
    lake.withRun(run("verify", "2024-10-05T10:00:00Z", 3).map);

    ReportData data = collect();

    assertThat(
        data.tiles().get(4),
        is(new Tile("the last verify did not finish", "failed", Tile.State.BAD)));
  }

  @Test
  public void countsDeadLettersByKindAndLeavesOutPayloads() {
    lake.withLetter("no JSON").withLetter("no JSON");

    ReportData data = collect();

    assertThat(data.letters(), contains(new LetterCount("pos", "orders", "decode", 2, "no JSON")));
    assertThat(data.tiles().get(3), is(new Tile("dead letters", "2", Tile.State.BAD)));
  }

  @Test
  public void aRunReportThatIsCutOffIsToldAndLeftOut() {
    lake.withRows("vault/hub_order", 1).withRunFile("2024-stream.json", "{\"verb\": \"str");

    ReportData data = collect();

    assertThat(data.runs(), is(empty()));
    assertThat(data.notes().size(), is(1));
    assertThat(
        data.notes().get(0), containsString("A run report in ops/runs is left out: Unexpected"));
  }

  @Test
  public void showsTheLatestForecastBesideTheHistoryItWasMadeFrom() {
    lake.withMart(
        "sales",
        sold(7, "tea", ORIGIN - 2, "1.50"),
        sold(7, "tea", ORIGIN - 2, "2.50"),
        sold(7, "bun", ORIGIN, "3.00"),
        sold(7, "tea", ORIGIN + 1, "99.00"));
    lake.withForecast("sales", ORIGIN - 1, "7", "tea", 5, 5);
    lake.withForecast("sales", ORIGIN, "7", "tea", 1.23456789, 2);
    lake.withForecast("sales", ORIGIN, "7", "bun", 100, 200);
    lake.withForecast("sales", ORIGIN, "8", "tea", 1, 1);
    lake.withRun(salesForecast());

    ReportData data = collect();

    assertThat(data.notes(), is(empty()));
    ForecastSheet sheet = data.forecasts().get(0);
    assertThat(sheet.originDay(), is(ORIGIN));
    assertThat(sheet.firstDay(), is(ORIGIN + 1));
    assertThat(sheet.days(), is(2));
    assertThat(sheet.unit(), is("pieces"));
    assertThat(sheet.seriesInLake(), is(3L));
    assertThat(
        sheet.groups().stream().map(ForecastSheet.Group::label).toList(), contains("7", "8"));
    List<ForecastSheet.Series> series = sheet.groups().get(0).series();
    assertThat(series.stream().map(ForecastSheet.Series::item).toList(), contains("bun", "tea"));
    assertThat(series.get(1).mean(), contains(1.2346, 2L));
    assertThat(series.get(1).hi80(), contains(1.358, 2.2));
    assertThat(series.get(1).score(), is(nullValue()));
    assertThat(lastDays(series.get(0)), is(Arrays.asList(0L, null, 3L)));
    assertThat(lastDays(series.get(1)), is(Arrays.asList(4L, null, 0L)));
    assertThat(series.get(0).history().size(), is(ForecastSheets.HISTORY_DAYS));
    assertThat(data.tiles().get(data.tiles().size() - 1), is(Tile.plain("series forecast", "3")));
  }

  @Test
  public void aForecastWithoutItsMartIsShownWithoutHistory() {
    lake.withForecast("sales", ORIGIN, "7", "tea", 5);
    lake.withMart("sales");

    ReportData data = collect();

    assertThat(data.forecasts().get(0).groups().get(0).series().get(0).history(), is(empty()));
    assertThat(
        data.notes(),
        contains(
            "forecasts/sales is shown without its history: the mart has no column \"country\"."
                + " Its columns: shop, article, sold_on, pieces."));
  }

  @Test
  public void keepsTheLargestGroupsWithinThePagesLimit() {
    for (int group = 1; group <= ForecastSheets.MAX_GROUPS + 5; group++) {
      lake.withForecast("sales", ORIGIN, "g" + group, "tea", group);
    }

    ForecastSheet sheet = collect().forecasts().get(0);

    assertThat(sheet.groups().size(), is(ForecastSheets.MAX_GROUPS));
    assertThat(sheet.groups().get(0).label(), is("g65"));
    assertThat(sheet.groups().get(59).label(), is("g6"));
    assertThat(sheet.groupsInLake(), is(65));
  }

  @Test
  public void cutsOnlyAFirstGroupThatIsTooLargeForThePage() {
    SeriesForecast one = new SeriesForecast("a", "x", 1);
    Map<String, List<SeriesForecast>> groups = new LinkedHashMap<>();
    groups.put("a", Collections.nCopies(5, one));
    groups.put("b", Collections.nCopies(2, one));

    assertThat(ForecastSheets.largest(groups, 4).keySet(), contains("a"));
    assertThat(ForecastSheets.largest(groups, 4).get("a").size(), is(4));
    assertThat(ForecastSheets.largest(groups, 6).keySet(), contains("a"));
    assertThat(ForecastSheets.largest(groups, 7).keySet(), contains("a", "b"));
  }

  @Test
  public void writesThePageIntoAFolderThatIsMade() throws Exception {
    lake.withRows("vault/hub_order", 1);
    Path file = folder.getRoot().toPath().resolve("pages/lake.html");

    String told = write(file);

    String page = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(page, containsString("\"name\":\"vault/hub_order\",\"rows\":1"));
    assertThat(told, containsString("Report: 1 tables, 0.0 MB, " + file));
  }

  @Test
  public void aLakeWithoutTablesIsRefused() {
    UserException refused = assertThrows(UserException.class, this::collect);

    assertThat(
        refused.getMessage(),
        is(
            "--lake="
                + lake.path()
                + " holds no table. Give the folder that bronze, vault and marts lie in, or fill it"
                + " by `larder snapshot`."));
  }

  @Test
  public void aFileThatCannotBeWrittenIsToldWithItsOption() throws Exception {
    lake.withRows("vault/hub_order", 1);
    Path file = folder.newFile("taken").toPath().resolve("report.html");

    SinkException refused = assertThrows(SinkException.class, () -> write(file));

    assertThat(
        refused.getMessage(),
        is(
            "--report="
                + file
                + " cannot be written: FileAlreadyExistsException "
                + file.getParent()
                + ". Give a file that the user who runs Larder may write."));
  }

  private ReportData collect() {
    return ReportRun.collect(lake.path(), NOW);
  }

  private String write(Path file) {
    ReportOptions options = PipelineOptionsFactory.as(ReportOptions.class);
    options.setLake(lake.path());
    options.setReport(file.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false);
    new ReportRun(options, console).run(new RunReport("report", NOW));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<Number> lastDays(ForecastSheet.Series series) {
    int days = series.history().size();
    return series.history().subList(days - 3, days);
  }

  private static Object[] sold(long shop, String article, int day, String pieces) {
    return new Object[] {shop, article, day, new BigDecimal(pieces)};
  }

  private static Map<String, Object> salesForecast() {
    return run("forecast", "2024-10-05T11:00:00Z", 0)
        .with("table", "forecasts/sales")
        .with("group_columns", "shop")
        .with("item_columns", "article")
        .with("day_column", "sold_on")
        .with("value_column", "pieces")
        .map;
  }

  private static Map<String, Object> comparison(String table, int rows, int differences) {
    return Map.of("table", table, "source", "pos.orders", "rows", rows, "differences", differences);
  }

  private static Report run(String verb, String startedAt, int exitCode) {
    return new Report(new HashMap<>())
        .with("verb", verb)
        .with("started_at", startedAt)
        .with("seconds", 1.5)
        .with("exit_code", exitCode);
  }

  private record Report(Map<String, Object> map) {
    Report with(String name, Object value) {
      map.put(name, value);
      return this;
    }
  }
}
