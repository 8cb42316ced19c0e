package routes;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;

/** OpenTelemetry's SDK for Java as a program would set it up that sends all it tells to the app. */
public final class SdkForJava {

  private SdkForJava() {}

  /**
   * Sends what is told when it is flushed.
   *
   * @param compression {@code gzip} or {@code none}
   * @param key that the intake may ask for
   */
  public static OpenTelemetrySdk sending(int port, String service, String compression, String key) {
    String url = "http://localhost:" + port;
    String header = "Bearer " + key;
    Resource resource =
        Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service));
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(
                    BatchSpanProcessor.builder(
                            OtlpHttpSpanExporter.builder()
                                .setEndpoint(url + "/v1/traces")
                                .setCompression(compression)
                                .addHeader("Authorization", header)
                                .build())
                        .build())
                .build())
        .setMeterProvider(
            SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(
                    PeriodicMetricReader.builder(
                            OtlpHttpMetricExporter.builder()
                                .setEndpoint(url + "/v1/metrics")
                                .setCompression(compression)
                                .addHeader("Authorization", header)
                                .build())
                        .setInterval(Duration.ofHours(1))
                        .build())
                .build())
        .setLoggerProvider(
            SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(
                    BatchLogRecordProcessor.builder(
                            OtlpHttpLogRecordExporter.builder()
                                .setEndpoint(url + "/v1/logs")
                                .setCompression(compression)
                                .addHeader("Authorization", header)
                                .build())
                        .build())
                .build())
        .build();
  }
}
