package routes.local.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Kinesis in JavaScript that is not ours, in a process of its own and in memory. It speaks JSON
 * and no CBOR, and cannot change the number of shards but by splitting and merging.
 */
public final class Kinesalite implements AutoCloseable {

  /** For {@code @EnabledIf}. */
  public static final String IS_INSTALLED = "routes.local.kinesis.Kinesalite#isInstalled";

  /** The reason where it is not. */
  public static final String NOT_INSTALLED =
      "kinesalite cannot be run: it needs Node and npm ci --prefix src/test/kinesalite";

  private static final Path HOME = Path.of("src", "test", "kinesalite");
  private static final String SERVER =
      """
      const server = require('kinesalite')(
        {createStreamMs: 20, deleteStreamMs: 20, updateStreamMs: 20, shardLimit: 1000})
      server.listen(0, '127.0.0.1', () => console.log(server.address().port))
      process.stdin.on('end', () => process.exit()).resume()
      """;

  private final Process node;
  private final URI endpoint;

  public Kinesalite() throws IOException {
    node = node("-e", SERVER);
    BufferedReader output = new BufferedReader(new InputStreamReader(node.getInputStream(), UTF_8));
    endpoint = URI.create("http://127.0.0.1:" + output.readLine());
  }

  public static boolean isInstalled() throws InterruptedException {
    try {
      return Files.isDirectory(HOME.resolve("node_modules")) && node("--version").waitFor() == 0;
    } catch (IOException noNode) {
      return false;
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    node.destroyForcibly().onExit().join();
  }

  private static Process node(String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("node").directory(HOME.toFile());
    builder.command().addAll(List.of(arguments));
    return builder.redirectError(Redirect.INHERIT).start();
  }
}
