package routes.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import routes.format.Content;
import routes.json.ByteSlice;
import routes.signal.Signal;

/** Log lines in a few arrays, as reads leave them. */
final class PackedLines implements Content {

  private final List<byte[]> chunks = new ArrayList<>();
  private long bytes;

  /** Adds lines, each closed by a newline. */
  void add(byte[] lines) {
    chunks.add(lines);
    bytes += lines.length;
  }

  @Override
  public Signal signal() {
    return Signal.LOGS;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public byte[] toByteArray() {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(bytes));
    chunks.forEach(all::put);
    return all.array();
  }

  @Override
  public void eachLine(Consumer<ByteSlice> line) {
    for (byte[] chunk : chunks) {
      int from = 0;
      for (int i = 0; i < chunk.length; i++) {
        if (chunk[i] == '\n') {
          line.accept(new ByteSlice(chunk, from, i - from));
          from = i + 1;
        }
      }
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (byte[] chunk : chunks) {
      out.write(chunk);
    }
  }

  @Override
  public Map<String, String> origin() {
    return Map.of();
  }
}
