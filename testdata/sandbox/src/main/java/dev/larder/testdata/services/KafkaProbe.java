package dev.larder.testdata.services;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Asks a broker for its metadata in Kafka's own protocol, without a Kafka client on the class path.
 *
 * <p><b>Source:</b> the Metadata request (key 3), version 1, of Kafka's protocol guide.
 */
final class KafkaProbe {
  private static final int TIMEOUT_MS = 2_000;
  private static final short METADATA = 3;
  private static final short VERSION = 1;

  private KafkaProbe() {}

  /** Whether the broker knows a broker that takes requests: a fenced one does not list itself. */
  static boolean isReady(int port) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(14);
      out.writeShort(METADATA);
      out.writeShort(VERSION);
      out.writeInt(1); // correlation id
      out.writeShort(-1); // no client id
      out.writeInt(0); // of no topics
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      in.readInt(); // size
      in.readInt(); // correlation id
      return in.readInt() > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
