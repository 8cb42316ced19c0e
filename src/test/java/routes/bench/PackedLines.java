package routes.bench;

import java.io.IOException;
import java.io.OutputStream;
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
  public void eachLine(Consumer<Line> line) {
    for (byte[] chunk : chunks) {
      int from = 0;
      for (int i = 0; i < chunk.length; i++) {
        if (chunk[i] == '\n') {
          ByteSlice slice = new ByteSlice(chunk, from, i - from);
          line.accept(() -> slice);
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
