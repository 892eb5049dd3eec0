package dev.larder.io.changes;

/**
 * The logical types of Larder, each with the one Java form ("canonical value") that every connector
 * produces for it. Hashing, comparing and storing rest on this: a value has the same form whichever
 * way it came.
 *
 * <table>
 * <caption>Canonical values and their Delta types</caption>
 * <tr><th>kind</th><th>Java</th><th>unit, range</th><th>Delta</th></tr>
 * <tr><td>BOOLEAN</td><td>{@link Boolean}</td><td></td><td>boolean</td></tr>
 * <tr><td>INT</td><td>{@link Long}</td><td>signed 64 bit, for every integer type of the source but BIGINT UNSIGNED; narrower where another engine declared it so ({@link ColumnType#integer})</td><td>long; byte, short, integer</td></tr>
 * <tr><td>DECIMAL</td><td>{@link java.math.BigDecimal}</td><td>scale exactly as declared; BIGINT UNSIGNED is decimal(20,0)</td><td>decimal(p,s)</td></tr>
 * <tr><td>FLOAT</td><td>{@link Float}</td><td>IEEE 754 single</td><td>float</td></tr>
 * <tr><td>DOUBLE</td><td>{@link Double}</td><td>IEEE 754 double</td><td>double</td></tr>
 * <tr><td>STRING</td><td>{@link String}</td><td>as stored, not trimmed</td><td>string</td></tr>
 * <tr><td>JSON</td><td>{@link String}</td><td>canonical text, see the connectors</td><td>string</td></tr>
 * <tr><td>BINARY</td><td>{@code byte[]}</td><td></td><td>binary</td></tr>
 * <tr><td>DATE</td><td>{@link Integer}</td><td>days since 1970-01-01</td><td>date</td></tr>
 * <tr><td>TIME</td><td>{@link Long}</td><td>microseconds, may be negative or over 24 hours</td><td>long</td></tr>
 * <tr><td>DATETIME</td><td>{@link Long}</td><td>microseconds since the epoch of a clock without zone, read as UTC</td><td>timestamp</td></tr>
 * <tr><td>TIMESTAMP</td><td>{@link Long}</td><td>microseconds since the epoch, UTC</td><td>timestamp</td></tr>
 * <tr><td>STRUCT</td><td>{@code Object[]}</td><td>values in the order of its fields</td><td>struct</td></tr>
 * <tr><td>ARRAY</td><td>{@code Object[]}</td><td>the elements in order, null where one is absent</td><td>array</td></tr>
 * <tr><td>MAP</td><td>{@code Object[]} of {@code Object[]}</td><td>its entries in stored order, each a key (never null) and a value; two maps are equal if their entries are, in the same order</td><td>map</td></tr>
 * </table>
 */
public enum Kind {
  BOOLEAN,
  INT,
  DECIMAL,
  FLOAT,
  DOUBLE,
  STRING,
  JSON,
  BINARY,
  DATE,
  TIME,
  DATETIME,
  TIMESTAMP,
  STRUCT,
  ARRAY,
  MAP
}
