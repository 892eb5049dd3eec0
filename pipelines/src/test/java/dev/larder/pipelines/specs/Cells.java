package dev.larder.pipelines.specs;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Canonical values of what is written in a file. */
final class Cells {
  private Cells() {}

  /**
   * @param text null where the value is absent
   */
  static Object value(ColumnType type, String text) {
    if (text == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOLEAN -> Boolean.valueOf(text);
      case INT -> Long.valueOf(text);
      case DECIMAL -> new BigDecimal(text).setScale(type.scale());
      case DOUBLE -> Double.valueOf(text);
      case STRING -> text;
      case DATE -> (int) LocalDate.parse(text).toEpochDay();
      case DATETIME -> Values.micros(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
      case TIMESTAMP -> Values.micros(Instant.parse(text));
      default -> throw new IllegalArgumentException("no spec has columns of " + type);
    };
  }
}
