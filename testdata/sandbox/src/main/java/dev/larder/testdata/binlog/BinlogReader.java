package dev.larder.testdata.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer.CompatibilityMode;
import dev.larder.testdata.services.MySqlServer;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the changes of one database's rows out of a server's binary log, as a replica does, from a
 * place to where the log ends. Not by Debezium and not by Larder: only the protocol's client is the
 * one that Debezium uses too.
 *
 * <p>Needs {@code binlog_format=ROW}, full images, GTIDs (for the time of the commit), and tables
 * that are not altered on the way.
 */
public final class BinlogReader {
  /** Outside of the ids that Debezium's connectors are given. */
  private static final long SERVER_ID = 64_000;

  private static final Pattern TRUNCATE =
      Pattern.compile("\\s*truncate\\s+(?:table\\s+)?`?(\\w+)`?.*", Pattern.CASE_INSENSITIVE);

  /** Kept, so that its level is: it tells of every connection. */
  private static final Logger CLIENT_LOG = Logger.getLogger(BinaryLogClient.class.getName());

  static {
    CLIENT_LOG.setLevel(Level.WARNING);
  }

  private final String database;
  private final Map<String, SourceTable> tables;
  private final Consumer<RowChange> out;
  private final Map<Long, SourceTable> mapped = new HashMap<>();
  private String file;
  private long committedAt;

  private BinlogReader(TrueState start, Consumer<RowChange> out) {
    this.database = start.database();
    this.tables =
        start.tables().keySet().stream().collect(Collectors.toMap(SourceTable::name, t -> t));
    this.out = out;
    this.file = start.place().file();
  }

  /** Reads what happened since a consistent read, in the order of the log. */
  public static List<RowChange> changesSince(TrueState start, MySqlServer server)
      throws IOException {
    List<RowChange> changes = new ArrayList<>();
    new BinlogReader(start, changes::add).read(server, start.place());
    return changes;
  }

  private void read(MySqlServer server, BinlogPlace from) throws IOException {
    BinaryLogClient client =
        new BinaryLogClient(
            server.host(), server.port(), server.cdc().user(), server.cdc().password());
    client.setServerId(SERVER_ID);
    client.setBlocking(false);
    client.setKeepAlive(false);
    client.setBinlogFilename(from.file());
    client.setBinlogPosition(from.position());
    EventDeserializer deserializer = new EventDeserializer();
    deserializer.setCompatibilityMode(
        CompatibilityMode.CHAR_AND_BINARY_AS_BYTE_ARRAY,
        CompatibilityMode.DATE_AND_TIME_AS_LONG_MICRO);
    client.setEventDeserializer(deserializer);
    Failure failure = new Failure();
    client.registerLifecycleListener(failure);
    client.registerEventListener(event -> failure.guard(() -> take(event)));
    client.connect();
    failure.rethrow();
  }

  /** The client tells listeners of errors and goes on; an oracle must not. */
  private static final class Failure extends BinaryLogClient.AbstractLifecycleListener {
    private Exception first;

    void guard(Runnable action) {
      try {
        if (first == null) {
          action.run();
        }
      } catch (RuntimeException e) {
        first = e;
      }
    }

    @Override
    public void onCommunicationFailure(BinaryLogClient client, Exception e) {
      first = first == null ? e : first;
    }

    @Override
    public void onEventDeserializationFailure(BinaryLogClient client, Exception e) {
      first = first == null ? e : first;
    }

    void rethrow() throws IOException {
      if (first != null) {
        throw new IOException("the binary log could not be read: " + first.getMessage(), first);
      }
    }
  }

  private void take(Event event) {
    EventHeaderV4 header = event.getHeader();
    EventData data = event.getData();
    if (data instanceof RotateEventData rotate) {
      file = rotate.getBinlogFilename();
    } else if (data instanceof GtidEventData gtid) {
      committedAt = gtid.getOriginalCommitTimestamp();
    } else if (data instanceof TableMapEventData map) {
      mapped.put(
          map.getTableId(), map.getDatabase().equals(database) ? tables.get(map.getTable()) : null);
    } else if (data instanceof QueryEventData query && query.getDatabase().equals(database)) {
      truncate(header, query.getSql());
    } else {
      rows(header, data);
    }
  }

  private void truncate(EventHeaderV4 header, String sql) {
    Matcher truncate = TRUNCATE.matcher(sql);
    if (truncate.matches()) {
      out.accept(new RowChange(truncate.group(1), place(header), 0, committedAt, null, null));
    }
  }

  private void rows(EventHeaderV4 header, EventData data) {
    if (data instanceof WriteRowsEventData write) {
      emit(header, write.getTableId(), write.getRows(), row -> null, row -> row);
    } else if (data instanceof UpdateRowsEventData update) {
      emit(header, update.getTableId(), update.getRows(), Map.Entry::getKey, Map.Entry::getValue);
    } else if (data instanceof DeleteRowsEventData delete) {
      emit(header, delete.getTableId(), delete.getRows(), row -> row, row -> null);
    }
  }

  private interface Image<T> {
    Serializable[] of(T row);
  }

  private <T> void emit(
      EventHeaderV4 header, long tableId, List<T> rows, Image<T> before, Image<T> after) {
    SourceTable table = mapped.get(tableId);
    if (table == null) {
      return;
    }
    for (int i = 0; i < rows.size(); i++) {
      out.accept(
          new RowChange(
              table.name(),
              place(header),
              i,
              committedAt,
              texts(table, before.of(rows.get(i))),
              texts(table, after.of(rows.get(i)))));
    }
  }

  private BinlogPlace place(EventHeaderV4 header) {
    return new BinlogPlace(file, header.getPosition());
  }

  private static List<String> texts(SourceTable table, Serializable[] image) {
    if (image == null) {
      return null;
    }
    if (image.length != table.columns().size()) {
      throw new IllegalStateException(
          table.name() + " was altered: the log has " + image.length + " columns");
    }
    String[] texts = new String[image.length];
    for (int i = 0; i < image.length; i++) {
      texts[i] = table.columns().get(i).ofLog(image[i]);
    }
    return PackedRow.of(texts);
  }
}
