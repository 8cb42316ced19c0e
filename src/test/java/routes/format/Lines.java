package routes.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import routes.json.ByteSlice;
import routes.signal.Signal;

/** Lines that are to become an object. */
public record Lines(Signal signal, List<String> lines) implements Content {

  static final Map<String, String> ORIGIN =
      Map.of("shard", "logs/1/shardId-000000000000", "records", "7");

  static Lines of(Signal signal, String... lines) {
    return new Lines(signal, List.of(lines));
  }

  @Override
  public long bytes() {
    return toByteArray().length;
  }

  private byte[] toByteArray() {
    StringBuilder all = new StringBuilder();
    lines.forEach(line -> all.append(line).append('\n'));
    return all.toString().getBytes(UTF_8);
  }

  @Override
  public void eachLine(Consumer<Line> line) {
    lines.forEach(text -> line.accept(() -> ByteSlice.utf8(text)));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(toByteArray());
  }

  @Override
  public Map<String, String> origin() {
    return ORIGIN;
  }
}
