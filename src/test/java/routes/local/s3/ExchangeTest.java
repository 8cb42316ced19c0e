package routes.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails, a client is answered or hung up on, and is not told that all is well. */
class ExchangeTest {

  private static final int PIECES = 1 << 20;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_piece_that_met_an_error_is_not_left_out() throws Exception {
    HttpResponse<Void> answer =
        send(
            new AnyBody() {
              private boolean isBehind;

              @Override
              public void write(byte[] piece) {
                if (!isBehind) {
                  isBehind = true;
                  throw new OutOfMemoryError("of one piece");
                }
              }
            });

    assertThat(answer.statusCode()).isEqualTo(500);
  }

  @Test
  void an_error_in_the_end_is_answered() throws Exception {
    HttpResponse<Void> answer =
        send(
            new AnyBody() {
              @Override
              public Reply answer() {
                throw new OutOfMemoryError("in the end");
              }
            });

    assertThat(answer.statusCode()).isEqualTo(500);
  }

  @Test
  void who_cannot_be_answered_is_hung_up_on() {
    assertHungUpOn(
        new AnyBody() {
          @Override
          public void close() throws IOException {
            throw new IOException("at close");
          }
        });
  }

  @Test
  void a_header_that_cannot_be_sent_leaves_no_file_open(@TempDir Path folder) throws IOException {
    Path large = Files.write(folder.resolve("large"), new byte[PIECES]);
    try (FileChannel file = FileChannel.open(large)) {
      assertHungUpOn(
          new AnyBody() {
            @Override
            public Reply answer() {
              return Reply.of(
                  200, Map.of("Content-Type", "a\nb"), new OpenContent(file, 0, PIECES));
            }
          });

      assertThat(file.isOpen()).isFalse();
    }
  }

  private void assertHungUpOn(Body body) {
    assertThatThrownBy(() -> send(body))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
  }

  private HttpResponse<Void> send(Body body) throws IOException, InterruptedException {
    int port =
        vertx
            .createHttpServer()
            .requestHandler(request -> new Exchange(vertx, request, of -> body).run())
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/bucket/key".formatted(port)))
                .timeout(Duration.ofSeconds(5))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[PIECES]))
                .build(),
            HttpResponse.BodyHandlers.discarding());
  }

  private static class AnyBody implements Body {

    @Override
    public void write(byte[] piece) {}

    @Override
    public Reply answer() {
      return Reply.empty(200);
    }

    @Override
    public void close() throws IOException {}
  }
}
