package routes.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.Lake;
import routes.RunningApp;
import routes.SdkForJava;

/** What OpenTelemetry's own SDK for Java exports, from its logger to the lake. */
class OpenTelemetrySdkTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00.123456789Z");

  @TempDir static Path folder;
  private static RunningApp app;

  @BeforeAll
  static void start() throws Exception {
    app = RunningApp.start(folder, Map.of("INGEST_API_KEYS", "key"));
  }

  @AfterAll
  static void stop() throws IOException {
    try (RunningApp running = app) {
      running.assertLakeIsReadable();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "none"})
  void what_the_sdk_exports_lies_in_the_lake(String compression) {
    String service = "sdk-" + compression;
    try (OpenTelemetrySdk sdk = SdkForJava.sending(app.ingestPort(), service, compression, "key")) {
      SdkLoggerProvider provider = sdk.getSdkLoggerProvider();
      Logger logger = provider.loggerBuilder("shop").setInstrumentationVersion("1.2").build();
      Context span =
          Context.root()
              .with(
                  Span.wrap(
                      SpanContext.create(
                          "5b8efff798038103d269b633813fc60c",
                          "eee19b7ec3c1b174",
                          TraceFlags.getSampled(),
                          TraceState.getDefault())));
      logger
          .logRecordBuilder()
          .setContext(span)
          .setTimestamp(NINE)
          .setObservedTimestamp(NINE.plusSeconds(1))
          .setSeverity(Severity.WARN2)
          .setSeverityText("warning")
          .setBody("Card refused \"é\"")
          .setAllAttributes(
              Attributes.of(
                  AttributeKey.longKey("tries"),
                  3L,
                  AttributeKey.stringArrayKey("cards"),
                  List.of("visa", "amex")))
          .emit();
      logger
          .logRecordBuilder()
          .setObservedTimestamp(NINE.plusSeconds(3600))
          .setBody("Later")
          .emit();
      assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
    }

    String end =
        ",\"resource\":{\"service.name\":\"%s\"},\"scope\":{\"name\":\"shop\",\"version\":\"1.2\"}%s"
            .formatted(service, Lake.SOME_ID);
    String refused =
        "{\"timestamp\":\"2026-11-20T09:00:00.123456789Z\",\"service\":\"%s\",\"level\":\"WARN\""
            + ",\"message\":\"Card refused \\\"é\\\"\""
            + ",\"trace_id\":\"5b8efff798038103d269b633813fc60c\",\"span_id\":\"eee19b7ec3c1b174\""
            + ",\"severity_number\":14,\"severity_text\":\"warning\""
            + ",\"observed_timestamp\":\"2026-11-20T09:00:01.123456789Z\",\"flags\":1"
            + ",\"attributes\":{\"cards\":[\"visa\",\"amex\"],\"tries\":3}%s";
    String later =
        "{\"timestamp\":\"2026-11-20T10:00:00.123456789Z\",\"service\":\"%s\",\"message\":\"Later\""
            + ",\"observed_timestamp\":\"2026-11-20T10:00:00.123456789Z\"%s";
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(app.lake().linesOf(service))
                    .isEqualTo(
                        Map.of(
                            hour(service, "09"), List.of(refused.formatted(service, end)),
                            hour(service, "10"), List.of(later.formatted(service, end)))));
  }

  private static String hour(String service, String hour) {
    return "service=%s/year=2026/month=11/day=20/hour=%s".formatted(service, hour);
  }
}
