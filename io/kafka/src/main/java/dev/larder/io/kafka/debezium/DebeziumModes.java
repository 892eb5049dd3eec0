package dev.larder.io.kafka.debezium;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How a Debezium connector writes values whose JSON form depends on its settings. An event with a
 * schema says it itself; for an event without one it must be known.
 *
 * <p>{@link #larder} are the modes of the connectors that Larder renders. They are chosen so that
 * the catalogue's types alone tell how a value is written, and so that no value is lost:
 *
 * <ul>
 *   <li>{@code decimal.handling.mode=string}: exact, plain, and a string where
 *   <li>{@code bigint.unsigned.handling.mode=long} is a number: 2^63 and more are written as
 *       negative numbers, which the decoder turns back. ({@code precise} would write Base64 into a
 *       string, and a decimal(20,0) could no longer be told from a BIGINT UNSIGNED.)
 *   <li>{@code time.precision.mode=microseconds}: every DATETIME in one unit. (The connector's
 *       default uses milliseconds up to three digits and microseconds above; {@code isostring}
 *       turns a TIME below zero or above 24 hours into NULL.)
 *   <li>{@code binary.handling.mode=base64}.
 * </ul>
 *
 * @param decimals {@code decimal.handling.mode}
 * @param times {@code time.precision.mode}
 * @param unsignedBigints {@code bigint.unsigned.handling.mode}
 * @param binaries {@code binary.handling.mode}
 */
public record DebeziumModes(
    Decimals decimals, Times times, UnsignedBigints unsignedBigints, Binaries binaries)
    implements Serializable {

  /** {@code decimal.handling.mode}. */
  public enum Decimals {
    STRING,
    /** The unscaled value in Base64. */
    PRECISE,
    /** A JSON number of double precision: digits beyond the 15th are lost at the source. */
    DOUBLE
  }

  /** {@code time.precision.mode}. */
  public enum Times {
    /** Like ADAPTIVE_TIME_MICROSECONDS, but a TIME up to three digits in milliseconds. */
    ADAPTIVE,
    /** The connector's default: a DATETIME up to three digits in milliseconds. */
    ADAPTIVE_TIME_MICROSECONDS,
    /** Milliseconds, finer parts are lost at the source. */
    CONNECT,
    ISOSTRING,
    MICROSECONDS,
    NANOSECONDS
  }

  /** {@code bigint.unsigned.handling.mode}. */
  public enum UnsignedBigints {
    /** A number; 2^63 and above are negative. */
    LONG,
    /** Base64 of the number's bytes. */
    PRECISE
  }

  /** {@code binary.handling.mode}. */
  public enum Binaries {
    /** The connector's default; the JSON converter writes Base64. */
    BYTES,
    BASE64,
    BASE64_URL_SAFE,
    HEX
  }

  public DebeziumModes {
    Objects.requireNonNull(decimals, "decimals");
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(unsignedBigints, "unsignedBigints");
    Objects.requireNonNull(binaries, "binaries");
  }

  /** What the connectors that Larder renders use. */
  public static DebeziumModes larder() {
    return new DebeziumModes(
        Decimals.STRING, Times.MICROSECONDS, UnsignedBigints.LONG, Binaries.BASE64);
  }

  /** What a connector uses if nothing is said. */
  public static DebeziumModes connectorDefaults() {
    return new DebeziumModes(
        Decimals.PRECISE, Times.ADAPTIVE_TIME_MICROSECONDS, UnsignedBigints.LONG, Binaries.BYTES);
  }

  /** The settings of a connector that writes in these modes. */
  public Map<String, String> connectorConfig() {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("decimal.handling.mode", text(decimals));
    config.put("time.precision.mode", text(times));
    config.put("bigint.unsigned.handling.mode", text(unsignedBigints));
    config.put(
        "binary.handling.mode",
        binaries == Binaries.BASE64_URL_SAFE ? "base64-url-safe" : text(binaries));
    return config;
  }

  private static String text(Enum<?> mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
