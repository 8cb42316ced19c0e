package routes.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.UnknownFieldSet;
import com.sun.management.ThreadMXBean;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;
import routes.http.HttpProblem;
import routes.ingest.Requests;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.RecordLimits;
import routes.record.RecordParsers;

/** What requests of OTLP take in memory is counted, or not taken at all. */
class OtlpMemoryTest {

  private static final int MB = 1 << 20;

  private final OtlpProtocol otlp =
      new OtlpProtocol(
          new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection));

  @Test
  void a_schema_url_counts_for_each_record() {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder().setSchemaUrl("u".repeat(2 * MB));
    scope.addAllLogRecords(Collections.nCopies(50, LogRecord.getDefaultInstance()));

    Intake intake = read(ResourceLogs.newBuilder().addScopeLogs(scope), 8 * MB);

    assertThat(intake.rejectedCount()).isEqualTo(50);
    assertThat(intake.rejected())
        .allSatisfy(
            record -> {
              assertThat(record.rejection().reason().code()).isEqualTo("too-large");
              assertThat(record.bytes().isEmpty()).isTrue();
            });
  }

  @Test
  void scopes_without_records_cost_nothing() {
    ResourceLogs.Builder resource =
        ResourceLogs.newBuilder()
            .setResource(
                Resource.newBuilder()
                    .addAttributes(
                        KeyValue.newBuilder()
                            .setKey("k")
                            .setValue(AnyValue.newBuilder().setStringValue("v".repeat(100_000)))))
            .addAllScopeLogs(Collections.nCopies(1_000, ScopeLogs.getDefaultInstance()));

    assertThat(allocated(() -> read(resource, 64 * MB))).isLessThan(20L * MB);
  }

  @Test
  void unknown_groups_count_with_all_in_them() {
    UnknownFieldSet.Builder group = UnknownFieldSet.newBuilder();
    for (int number = 1; number <= 100_000; number++) {
      group.mergeVarintField(number, 1);
    }
    LogRecord record =
        LogRecord.newBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        1_000, UnknownFieldSet.Field.newBuilder().addGroup(group.build()).build())
                    .build())
            .build();
    ResourceLogs.Builder resource =
        ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record));

    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> read(resource, 10 * MB))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(413));
    assertThat(read(resource, 64 * MB).accepted()).hasSize(1);
  }

  @Test
  void faults_are_paid_for() {
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[%s{}]}]}]}"
            .formatted("{\"timeUnixNano\":\"x\"},".repeat(10_000));

    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(
            () ->
                JsonMessages.read(
                    Requests.body(json.getBytes(UTF_8), 2 * MB),
                    ExportLogsServiceRequest.newBuilder(),
                    Set.of(LogRecord.getDescriptor())));
  }

  private Intake read(ResourceLogs.Builder resource, long memory) {
    return otlp.read(
            Requests.body(
                ExportLogsServiceRequest.newBuilder()
                    .addResourceLogs(resource)
                    .build()
                    .toByteArray(),
                memory),
            Requests.head("/v1/logs", "application/x-protobuf", null, null))
        .intake();
  }

  private static long allocated(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
