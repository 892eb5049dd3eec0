package dev.larder.testdata.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a comma separated text with a header (RFC 4180: a field may be quoted, a quote in it is
 * doubled). Fields are addressed by the header's names; an unknown or missing one is an error that
 * names file and line.
 */
public final class Csv {
  private final String file;
  private final Map<String, Integer> header;
  private final List<List<String>> rows;

  private Csv(String file, Map<String, Integer> header, List<List<String>> rows) {
    this.file = file;
    this.header = header;
    this.rows = rows;
  }

  /** Reads all of it. {@code file} is what errors call it. */
  public static Csv read(String file, Reader text) throws IOException {
    BufferedReader reader = new BufferedReader(text);
    List<List<String>> rows = new ArrayList<>();
    Map<String, Integer> header = new HashMap<>();
    int line = 0;
    for (List<String> fields = record(reader); fields != null; fields = record(reader)) {
      line++;
      if (line == 1) {
        for (String name : fields) {
          header.put(name.replace("\uFEFF", ""), header.size());
        }
      } else if (fields.size() != header.size()) {
        throw ChainErrors.wrongFieldCount(file, line, header.size(), fields.size());
      } else {
        rows.add(fields);
      }
    }
    return new Csv(file, header, rows);
  }

  /** One record, over several lines where a quoted field holds line ends; null at the end. */
  private static List<String> record(Reader reader) throws IOException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    boolean anything = false;
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      anything = true;
      if (quoted) {
        if (c != '"') {
          field.append((char) c);
        } else if (peek(reader) == '"') {
          field.append((char) reader.read());
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\n') {
        break;
      } else if (c != '\r') {
        field.append((char) c);
      }
    }
    if (!anything) {
      return null;
    }
    fields.add(field.toString());
    return fields;
  }

  private static int peek(Reader reader) throws IOException {
    reader.mark(1);
    int next = reader.read();
    reader.reset();
    return next;
  }

  /** The header's names in their order. */
  public List<String> columns() {
    return header.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  public int size() {
    return rows.size();
  }

  /** A field as it stands in the file. */
  public String text(int row, String column) {
    Integer index = header.get(column);
    if (index == null) {
      throw ChainErrors.missingColumn(file, column, header.keySet());
    }
    return rows.get(row).get(index);
  }

  long number(int row, String column) {
    try {
      return Long.parseLong(text(row, column).trim());
    } catch (NumberFormatException e) {
      throw ChainErrors.notANumber(file, row + 2, column, text(row, column), e);
    }
  }

  /** A decimal with at most {@code digits} places, in units of the last of them. */
  long scaled(int row, String column, int digits) {
    try {
      return new BigDecimal(text(row, column).trim()).movePointRight(digits).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw ChainErrors.notANumber(file, row + 2, column, text(row, column), e);
    }
  }
}
