package routes.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouteHoldTest {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<String> route = new AtomicReference<>("old");
  private final CompletableFuture<Void> arrived = new CompletableFuture<>();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_request_meets_what_is_there_after_the_change() throws Exception {
    RouteHold hold = new RouteHold(Duration.ofMinutes(1));
    URI server = listen(hold);
    AtomicReference<CompletableFuture<HttpResponse<String>>> answer = new AtomicReference<>();

    assertThat(get(server).get().body()).isEqualTo("old");
    hold.during(
        () -> {
          route.set("none");
          answer.set(get(server));
          arrived.join();
          route.set("new");
        });

    assertThat(answer.get().get().body()).isEqualTo("new");
  }

  @Test
  void a_request_that_waits_for_long_is_to_come_again() throws Exception {
    RouteHold hold = new RouteHold(Duration.ofMillis(1));
    URI server = listen(hold);

    hold.during(
        () ->
            assertThat(get(server).get().body())
                .isEqualTo("503 after 5: The routes are being changed; send it again"));

    assertThat(get(server).get().body()).isEqualTo("old");
  }

  @Test
  void a_change_that_fails_holds_nobody() throws Exception {
    RouteHold hold = new RouteHold(Duration.ofMinutes(1));
    URI server = listen(hold);
    try {
      hold.during(
          () -> {
            throw new IllegalStateException("broken");
          });
    } catch (IllegalStateException broken) {
      assertThat(get(server).get().body()).isEqualTo("old");
      return;
    }
    throw new AssertionError("The failure of a change must be told");
  }

  private URI listen(RouteHold hold) {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            request -> {
              if (!hold.see(request)) {
                hold.pass(request, ready -> {});
              }
              if (route.get().equals("none")) {
                arrived.complete(null);
              }
            });
    router
        .route()
        .handler(request -> request.response().end(route.get()))
        .failureHandler(
            request -> {
              HttpProblem problem = (HttpProblem) request.failure();
              request
                  .response()
                  .end(
                      "%d after %s: %s"
                          .formatted(
                              problem.status(),
                              problem.headers().get("Retry-After"),
                              problem.detail()));
            });
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  private static CompletableFuture<HttpResponse<String>> get(URI server) {
    return HttpClient.newHttpClient()
        .sendAsync(HttpRequest.newBuilder(server).build(), BodyHandlers.ofString());
  }
}
