package routes.ingest.zipkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.RunningApp;
import routes.signal.Signal;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.reporter.AsyncReporter;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/** What Zipkin's own reporter sends, from its span to the lake. */
class ZipkinReporterTest {

  @TempDir Path folder;

  @Test
  @SuppressWarnings("deprecation") // Of what stands in its place this release has nothing yet.
  void what_the_reporter_sends_lies_in_the_lake() throws Exception {
    try (RunningApp app = RunningApp.start(folder)) {
      String url = "http://localhost:" + app.ingestPort() + "/api/v2/spans";
      try (URLConnectionSender sender = URLConnectionSender.create(url);
          AsyncReporter<Span> reporter =
              AsyncReporter.builder(sender).closeTimeout(20, TimeUnit.SECONDS).build()) {
        reporter.report(
            Span.newBuilder()
                .traceId("86154a4ba6e91385")
                .id("4d1e00c0db9010db")
                .kind(Span.Kind.SERVER)
                .name("GET /é")
                .timestamp(1_795_000_000_000_001L)
                .duration(207_000)
                .localEndpoint(
                    Endpoint.newBuilder().serviceName("frontend").ip("127.0.0.1").build())
                .remoteEndpoint(Endpoint.newBuilder().ip("192.168.99.101").port(9000).build())
                .addAnnotation(1_795_000_000_000_002L, "ws")
                .putTag("http.path", "/é")
                .build());
        reporter.flush();
      }

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(app.lake(Signal.TRACES).linesOf("frontend"))
                      .isEqualTo(
                          Map.of(
                              "service=frontend/year=2026/month=11/day=18/hour=11",
                              List.of(
                                  "{\"timestamp\":\"2026-11-18T11:06:40.000001Z\""
                                      + ",\"service\":\"frontend\",\"name\":\"get /é\""
                                      + ",\"trace_id\":\"000000000000000086154a4ba6e91385\""
                                      + ",\"span_id\":\"4d1e00c0db9010db\",\"kind\":\"SERVER\""
                                      + ",\"end_timestamp\":\"2026-11-18T11:06:40.207001Z\""
                                      + ",\"duration_nanos\":207000000"
                                      + ",\"attributes\":{\"http.path\":\"/é\""
                                      + ",\"network.local.address\":\"127.0.0.1\""
                                      + ",\"network.peer.address\":\"192.168.99.101\""
                                      + ",\"network.peer.port\":9000}"
                                      + ",\"events\":[{\"timestamp\":"
                                      + "\"2026-11-18T11:06:40.000002Z\",\"name\":\"ws\"}]}"))));
    }
  }
}
