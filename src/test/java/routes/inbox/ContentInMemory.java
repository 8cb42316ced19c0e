package routes.inbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that count how many of them are asked for at a time. */
final class ContentInMemory implements Content {

  private byte[] bytes;
  private int mostAtOnce;

  ContentInMemory(String text) {
    bytes = text.getBytes(StandardCharsets.UTF_8);
  }

  void append(String text) {
    bytes = (new String(bytes, StandardCharsets.UTF_8) + text).getBytes(StandardCharsets.UTF_8);
  }

  int mostAtOnce() {
    return mostAtOnce;
  }

  @Override
  public byte[] read(long position, int atMost) {
    mostAtOnce = Math.max(mostAtOnce, atMost);
    int from = (int) Math.min(position, bytes.length);
    return Arrays.copyOfRange(bytes, from, Math.min(from + atMost, bytes.length));
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void close() {}
}
