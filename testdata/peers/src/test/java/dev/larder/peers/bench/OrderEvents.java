package dev.larder.peers.bench;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Events of the table of orders as Debezium's MySQL connector 3.5 writes them by JsonConverter
 * without schemas in Larder's modes (decimals as text, times in microseconds): 70 % updates, 25 %
 * creates, 5 % deletes, about 750 bytes each, without tombstones. Half of the keys are there at the
 * start, without events; some keys are updated far more often than others. The same seed makes the
 * same events.
 */
final class OrderEvents {
  static final String TABLE = "orders";
  private static final int UPDATES = 70;
  private static final int UPDATES_AND_CREATES = 95;
  private static final long FIRST_ORDER_MICROS = 1_704_067_200_000_000L;
  private static final long MICROS_BETWEEN_ORDERS = 63_072_000L;
  private static final long SCRAMBLE = 611_953L;

  private final SplittableRandom random;
  private final String server;
  private final int keys;
  private final byte[] status;
  private final byte[] quantity;
  private final int[] cents;
  private final boolean[] isDeleted;
  private final StringBuilder text = new StringBuilder(1_000);
  private int highest;
  private int id;
  private long position = 157;
  private long transactions;

  /**
   * @param server the connector's name for it, with which its topics begin
   * @param keys of all that are there in the end
   */
  OrderEvents(String server, long seed, int keys) {
    int most = 2 * keys + 2;
    this.random = new SplittableRandom(seed);
    this.server = server;
    this.keys = keys;
    this.status = new byte[most];
    this.quantity = new byte[most];
    this.cents = new int[most];
    this.isDeleted = new boolean[most];
    for (highest = 0; highest < keys / 2; ) {
      create();
    }
  }

  private int create() {
    int key = ++highest;
    long mixed = mixed(key);
    quantity[key] = (byte) (1 + (mixed & 3));
    cents[key] = 29_900 + (int) (mixed >>> 8 & 0x3FFFF);
    return key;
  }

  private static long mixed(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return (mixed ^ mixed >>> 31) & Long.MAX_VALUE;
  }

  /** A key that is there; with {@code skew} 3 one in a hundred updates meets the most used one. */
  private int existing(int skew) {
    while (true) {
      long rank = (long) (keys * Math.pow(random.nextDouble(), skew));
      int key = (int) (rank * SCRAMBLE % keys) + 1;
      if (key <= highest && !isDeleted[key]) {
        return key;
      }
    }
  }

  /** The key of the event that {@link #next} has made. */
  byte[] key() {
    return ("{\"id\":" + id + "}").getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * The next event.
   *
   * @param millis when the connector writes it
   */
  byte[] next(long millis) {
    int dice = random.nextInt(100);
    char operation = dice < UPDATES ? 'u' : dice < UPDATES_AND_CREATES ? 'c' : 'd';
    text.setLength(0);
    text.append("{\"before\":");
    images(operation);
    source(millis - 3);
    text.append(",\"transaction\":null,\"op\":\"").append(operation);
    times(text.append('"'), millis, 211, 987);
    return text.append('}').toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void images(char operation) {
    switch (operation) {
      case 'c' -> {
        id = create();
        row(text.append("null,\"after\":"));
      }
      case 'u' -> {
        id = existing(3);
        row(text);
        status[id] = (byte) ((status[id] + 1) % Orders.STATUS.size());
        if (random.nextInt(4) == 0) {
          cents[id] = 29_900 + random.nextInt(250_000);
        }
        if (random.nextInt(8) == 0) {
          quantity[id] = (byte) (1 + random.nextInt(6));
        }
        row(text.append(",\"after\":"));
      }
      default -> {
        id = existing(1);
        row(text);
        isDeleted[id] = true;
        text.append(",\"after\":null");
      }
    }
  }

  private void row(StringBuilder out) {
    long mixed = mixed(id * 31L + 7);
    out.append("{\"id\":").append(id);
    out.append(",\"pizzeria_id\":").append(1 + mixed % 800);
    out.append(",\"customer_id\":").append(1 + (mixed >>> 10) % 3_000_000);
    out.append(",\"product_code\":\"PZ-").append(1_000 + (mixed >>> 20) % 200).append("-CLASSIC\"");
    out.append(",\"quantity\":").append(quantity[id]);
    out.append(",\"price\":\"").append(cents[id] / 100).append('.');
    out.append(cents[id] / 10 % 10).append(cents[id] % 10);
    out.append("\",\"status\":\"").append(Orders.STATUS.get(status[id]));
    out.append("\",\"created_at\":");
    out.append(FIRST_ORDER_MICROS + id * MICROS_BETWEEN_ORDERS + mixed % 1_000_000).append('}');
  }

  private void source(long millis) {
    position += 380 + random.nextInt(60);
    text.append(",\"source\":{\"version\":\"3.5.0.Final\",\"connector\":\"mysql\",\"name\":\"");
    text.append(server).append('"');
    text.append(",\"ts_ms\":").append(millis).append(",\"snapshot\":\"false\",\"db\":\"shop\"");
    text.append(",\"sequence\":null,\"ts_us\":").append(millis).append("000,\"ts_ns\":");
    text.append(millis).append("000000,\"table\":\"orders\",\"server_id\":1,\"gtid\":");
    text.append("\"3e11fa47-71ca-11e1-9e33-c80aa9429562:").append(++transactions);
    text.append("\",\"file\":\"binlog.000003\",\"pos\":").append(position);
    text.append(",\"row\":0,\"thread\":21,\"query\":null}");
  }

  private static void times(StringBuilder out, long millis, int micros, int nanos) {
    out.append(",\"ts_ms\":").append(millis);
    out.append(",\"ts_us\":").append(millis).append(micros);
    out.append(",\"ts_ns\":").append(millis).append(micros).append(nanos);
  }
}
