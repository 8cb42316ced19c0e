package routes.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * What is put goes over the wire as it is, with a checksum by which S3 can tell that it arrived.
 */
class PlainPutsTest {

  private static final String CONTENT = "{\"message\":\"as it came\"}\n";

  private HttpServer s3;
  private @Nullable Headers headers;
  private byte @Nullable [] body;

  @BeforeEach
  void start() throws IOException {
    s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    s3.createContext("/", this::take);
    s3.start();
  }

  @AfterEach
  void stop() {
    s3.stop(0);
  }

  @Test
  void anObjectIsSentAsItIsAndItsChecksumInAHeader() {
    URI endpoint = URI.create("http://localhost:" + s3.getAddress().getPort());
    try (AwsClients aws = AwsClients.ofEmbedded(endpoint, "us-east-1")) {
      aws.s3().putObject(put -> put.bucket("lake").key("k"), RequestBody.fromString(CONTENT));
    }

    assertThat(body).asString(UTF_8).isEqualTo(CONTENT);
    assertThat(headers)
        .containsKey("X-amz-checksum-crc32")
        .doesNotContainKey("Content-encoding")
        .doesNotContainKey("X-amz-trailer");
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      body = exchange.getRequestBody().readAllBytes();
      headers = exchange.getRequestHeaders();
      exchange.getResponseHeaders().add("ETag", "\"1\"");
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
