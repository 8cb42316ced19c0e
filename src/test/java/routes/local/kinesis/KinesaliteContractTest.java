package routes.local.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The contract against kinesalite, a Kinesis in JavaScript that is not ours; it speaks JSON. */
class KinesaliteContractTest extends KinesisContract {

  private static final Path HOME = Path.of("src", "test", "kinesalite");
  private static final String SERVER =
      """
      const server = require('kinesalite')(
        {createStreamMs: 20, deleteStreamMs: 20, updateStreamMs: 20, shardLimit: 1000})
      server.listen(0, '127.0.0.1', () => console.log(server.address().port))
      process.stdin.on('end', () => process.exit()).resume()
      """;

  private Process node;

  @Override
  URI start(Path directory) throws IOException {
    assumeTrue(
        Files.isDirectory(HOME.resolve("node_modules")),
        "kinesalite is not installed: run npm ci in " + HOME);
    try {
      node =
          new ProcessBuilder("node", "-e", SERVER)
              .directory(HOME.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "kinesalite needs node, which cannot be run: " + e.getMessage());
    }
    BufferedReader output = new BufferedReader(new InputStreamReader(node.getInputStream(), UTF_8));
    return URI.create("http://127.0.0.1:" + output.readLine());
  }

  @Override
  void stop() throws InterruptedException {
    if (node != null) {
      node.destroy();
      node.waitFor();
    }
  }

  @Override
  boolean cbor() {
    return false;
  }
}
