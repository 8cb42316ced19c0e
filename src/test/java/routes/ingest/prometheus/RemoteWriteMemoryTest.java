package routes.ingest.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static routes.ingest.prometheus.WriteRequests.all;
import static routes.ingest.prometheus.WriteRequests.label;
import static routes.ingest.prometheus.WriteRequests.message;
import static routes.ingest.prometheus.WriteRequests.nested;
import static routes.ingest.prometheus.WriteRequests.packed;
import static routes.ingest.prometheus.WriteRequests.sample;
import static routes.ingest.prometheus.WriteRequests.signed;
import static routes.ingest.prometheus.WriteRequests.symbols;
import static routes.ingest.prometheus.WriteRequests.text;
import static routes.ingest.prometheus.WriteRequests.whole;

import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import routes.http.HttpProblem;
import routes.ingest.Requests;
import routes.ingest.prometheus.WriteRequests.Fields;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.signal.Signal;

/** A few bytes of remote write stand for little, or for what is counted. */
class RemoteWriteMemoryTest {

  private static final String FIRST = "application/x-protobuf;proto=prometheus.WriteRequest";
  private static final String SECOND =
      "application/x-protobuf;proto=io.prometheus.write.v2.Request";
  private static final int MB = 1 << 20;
  private static final long TIME = 1_795_000_000_123L;

  private final RemoteWriteProtocol protocol =
      new RemoteWriteProtocol(
          new RecordParser(
              Signal.METRICS, FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          "job");

  @Test
  void buckets_that_are_rejected_anyway_are_not_written() {
    Fields manyBuckets =
        nested(
            4,
            nested(11, signed(1, 0), whole(2, 1)),
            nested(11, signed(1, 20_000_000), whole(2, 1)),
            packed(12, out -> out.writeSInt64NoTag(1), out -> out.writeSInt64NoTag(0)),
            whole(15, TIME));

    Intake intake = read(FIRST, 8 * MB, nested(1, label("b", "1"), label("a", "2"), manyBuckets));

    assertThat(intake.rejected())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.rejection().reason().code()).isEqualTo("bad-labels");
              assertThat(record.bytes().length()).isLessThan(1_000);
            });
  }

  @Test
  void symbols_become_no_line_longer_than_a_record_may_be() {
    int[] references = IntStream.range(0, 200).flatMap(i -> IntStream.of(i + 2, 1)).toArray();
    Fields names =
        all(
            IntStream.range(0, 200)
                .mapToObj(i -> text(4, "n" + (1_000 + i)))
                .toArray(Fields[]::new));

    Intake intake =
        read(
            SECOND,
            8 * MB,
            text(4, ""),
            text(4, "s".repeat(100_000)),
            names,
            nested(5, symbols(references), sample(2, 1, TIME)));

    assertThat(intake.rejected())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.rejection().reason().code()).isEqualTo("too-large");
              assertThat(record.bytes().isEmpty()).isTrue();
            });
  }

  @Test
  void what_is_written_of_rejected_samples_is_paid_for() {
    Fields samples = all(Collections.nCopies(1_000, sample(2, 1, TIME)).toArray(Fields[]::new));
    Fields unsorted = nested(1, label("b", "v".repeat(50_000)), label("a", "1"), samples);

    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> read(FIRST, 16 * MB, unsorted))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(413));
  }

  @Test
  void a_histogram_of_two_bytes_is_more_than_two_bytes() {
    Fields empty = nested(4);
    Fields series = nested(1, all(Collections.nCopies(10_000, empty).toArray(Fields[]::new)));
    byte[] body = message(series);

    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(
            () -> {
              WriteRequest request = WriteRequest.first(Requests.body(body));
              Requests.body(body, 2 * MB).memory().require(request.memory(0));
            });
  }

  private Intake read(String type, long memory, Fields... fields) {
    return protocol
        .read(
            Requests.body(message(all(fields)), memory),
            Requests.head("/api/v1/write", type, null, null))
        .intake();
  }
}
