package dev.larder.pipelines.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.DeltaTable;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.transforms.forecast.ForecastTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A lake with a little of everything that a report shows. */
final class SmallLake {
  /** The last day of the history. */
  static final int ORIGIN = 20_000;

  static final RowSchema MART =
      RowSchema.of(
          Column.required("shop", ColumnType.INT),
          Column.nullable("article", ColumnType.STRING),
          Column.required("sold_on", ColumnType.DATE),
          Column.nullable("pieces", ColumnType.decimal(10, 2)));

  private static final RowSchema ROW = RowSchema.of(Column.required("id", ColumnType.INT));
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String path;

  SmallLake(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  SmallLake withRows(String table, int rows) {
    List<Object[]> all = new ArrayList<>();
    for (long i = 0; i < rows; i++) {
      all.add(new Object[] {i});
    }
    DeltaTable.of(path, table).append(ROW, all.iterator());
    return this;
  }

  SmallLake withMart(String name, Object[]... rows) {
    DeltaTable.of(path, "marts/" + name).replace(MART, List.of(rows).iterator());
    return this;
  }

  /** Days from 1 on after the origin day, of a tenth less and more than the mean. */
  SmallLake withForecast(String name, int origin, String group, String item, double... means) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      double mean = means[i];
      rows.add(
          new Object[] {
            group, item, origin, origin + 1 + i, mean, mean * 0.9, mean * 1.1, "ets-ana", null
          });
    }
    DeltaTable.of(path, "forecasts/" + name).append(ForecastTable.SCHEMA, rows.iterator());
    return this;
  }

  SmallLake withLetter(String reason) {
    LogPlace place = new LogPlace("larder.pos.pos.orders", 0, 17);
    DeadLetter letter =
        new DeadLetter("pos", "orders", place, "decode", reason, null, new byte[] {1}, 0);
    DeltaTable.of(path, DeadLetter.TABLE)
        .append(DeadLetter.SCHEMA, List.<Object[]>of(letter.row().values()).iterator());
    return this;
  }

  SmallLake withBatch(long number, long records, double seconds) {
    Ledger ledger = Ledger.open(path);
    ledger.planned(Ledger.STREAM, number, "{}");
    ledger.done(
        Ledger.STREAM,
        number,
        "{\"records\":" + records + ",\"dead_letters\":0,\"seconds\":" + seconds + "}");
    return this;
  }

  SmallLake withRun(Map<String, ?> report) {
    String time = report.get("started_at").toString().replace(':', '-');
    try {
      return withRunFile(
          time + "-" + report.get("verb") + ".json", JSON.writeValueAsString(report));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SmallLake withRunFile(String name, String text) {
    try {
      LakeFiles.write(path, "ops/runs/" + name, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
