package dev.larder.pipelines.report;

import dev.larder.io.changes.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The numbers that are seen first. */
final class Tiles {
  private static final String BRONZE = "bronze/";

  private Tiles() {}

  static List<Tile> of(
      List<LakeTable> tables,
      long earlierRecords,
      List<Batch> batches,
      Optional<VerifyOutcome> verified,
      List<ForecastSheet> forecasts) {
    List<Tile> tiles = new ArrayList<>();
    tiles.add(Tile.count("tables", tables.size()));
    tiles.add(
        Tile.count(
            "rows in bronze",
            tables.stream()
                .filter(table -> table.name().startsWith(BRONZE))
                .mapToLong(LakeTable::rows)
                .sum()));
    tiles.add(
        Tile.count(
            "changes streamed", earlierRecords + batches.stream().mapToLong(Batch::records).sum()));
    if (!batches.isEmpty()) {
      double slowest = batches.stream().mapToDouble(Batch::seconds).max().orElse(0);
      tiles.add(
          Tile.plain(
              String.format(Locale.ROOT, "median batch; the slowest %.1f s", slowest),
              String.format(Locale.ROOT, "%.1f s", Batches.medianSeconds(batches))));
      Long lag = batches.get(batches.size() - 1).lag();
      if (lag != null) {
        tiles.add(Tile.count("records behind after the last batch", lag));
      }
    }
    tiles.add(letters(tables));
    tiles.add(verified.map(Tiles::verify).orElse(Tile.plain("verify", "not run")));
    if (!forecasts.isEmpty()) {
      tiles.add(
          Tile.count(
              "series forecast", forecasts.stream().mapToLong(ForecastSheet::seriesInLake).sum()));
    }
    return tiles;
  }

  private static Tile letters(List<LakeTable> tables) {
    long letters =
        tables.stream()
            .filter(table -> table.name().equals(DeadLetter.TABLE))
            .mapToLong(LakeTable::rows)
            .sum();
    return new Tile(
        "dead letters", Tile.counted(letters), letters == 0 ? Tile.State.OK : Tile.State.BAD);
  }

  private static Tile verify(VerifyOutcome verified) {
    if (!verified.finished()) {
      return new Tile("the last verify did not finish", "failed", Tile.State.BAD);
    }
    return new Tile(
        String.format(Locale.ROOT, "differences found by verify in %,d rows", verified.compared()),
        Tile.counted(verified.differences()),
        verified.clean() ? Tile.State.OK : Tile.State.BAD);
  }
}
