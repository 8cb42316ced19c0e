package routes.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class CallHandlerTest extends CloudTest {

  private static final int MEBIBYTE = 1 << 20;

  @Test
  void a_fault_of_ours_is_told_as_ours() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      CallHandler calls = new CallHandler(vertx);
      int port =
          vertx
              .createHttpServer()
              .requestHandler(
                  request ->
                      calls.handle(
                          request,
                          body -> {
                            throw new OutOfMemoryError("of one call");
                          }))
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .join()
              .actualPort();

      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                      .header("X-Amz-Target", "AmazonSQS.ListQueues")
                      .POST(HttpRequest.BodyPublishers.ofString("{}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(new JsonObject(answer.body()).getString("__type")).isEqualTo("InternalFailure");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Nothing is read behind the bound, so the answer may be lost to the client that sends on. */
  @Test
  void a_call_that_does_not_say_its_length_has_a_bound_all_the_same() throws IOException {
    byte[] chunk = new byte[MEBIBYTE];
    boolean isHungUpOn;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloud.port())) {
      socket.setSoTimeout(10_000);
      try {
        OutputStream out = socket.getOutputStream();
        out.write(
            "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.ListQueues\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(US_ASCII));
        for (int i = 0; i < 40; i++) {
          out.write("100000\r\n".getBytes(US_ASCII));
          out.write(chunk);
          out.write("\r\n".getBytes(US_ASCII));
        }
        isHungUpOn = new String(socket.getInputStream().readAllBytes(), US_ASCII).contains(" 413 ");
      } catch (SocketException reset) {
        isHungUpOn = true;
      }
    }

    assertThat(isHungUpOn).isTrue();
  }
}
