package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import routes.ledger.Arrivals;
import routes.ledger.ReceiptStore;
import routes.ledger.Receipts;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

class ReceiptCounterTest {

  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  private static final long HOUR = Arrivals.hour(NINE);

  private final Bucket bucket = new Bucket();
  private final ReceiptStore store = new ReceiptStore(bucket, "state");
  private final ReceiptCounter counter = new ReceiptCounter();

  @Test
  void acknowledged_records_count_by_shard_and_by_the_hour_they_must_have_come_in() {
    counter.count(
        "logs", List.of(receipt("a", "7"), refusal(), receipt("b", "3")), NINE.plusSeconds(1_000));
    counter.count("logs", List.of(receipt("a", "12"), receipt("a", "11")), NINE.plusSeconds(1_800));
    counter.count("logs", List.of(receipt("a", "20")), NINE.plusSeconds(3_000));
    counter.count("logs", List.of(receipt("b", "30")), NINE.plusSeconds(3_700));

    counter.write(store);

    assertThat(bucket.objects).hasSize(1);
    assertThat(bucket.objects.firstEntry().getValue())
        .isEqualTo(
            "{\"a\":{\"%1$s\":{\"within\":3,\"edge\":1,\"last\":\"20\"}},\"b\":{\"%1$s\":{\"within\":1,\"edge\":1,\"last\":\"30\"}}}"
                .formatted(HOUR));
  }

  @Test
  void what_could_not_be_written_is_written_the_next_time() {
    counter.count("logs", List.of(receipt("a", "7")), NINE.plusSeconds(1_800));
    bucket.down = true;
    assertThatThrownBy(() -> counter.write(store)).hasMessage("down");
    bucket.down = false;

    counter.write(store);

    assertThat(bucket.objects).hasSize(1);
    bucket.objects.clear();
    counter.write(store);
    assertThat(bucket.objects).isEmpty();
  }

  @Test
  void each_day_of_a_stream_is_a_document_of_its_own() {
    counter.count("logs", List.of(receipt("a", "7")), NINE.plusSeconds(1_800));
    counter.count("apm", List.of(receipt("a", "7")), NINE.plusSeconds(1_800));
    counter.count("logs", List.of(receipt("a", "8")), NINE.plusSeconds(1_800 + 86_400));

    counter.write(store);

    assertThat(bucket.objects.keySet().stream().map(key -> key.replaceFirst("/[^/]*$", "")))
        .containsExactly(
            "receipts/apm/" + HOUR / 24,
            "receipts/logs/" + HOUR / 24,
            "receipts/logs/" + (HOUR / 24 + 1));
  }

  @Test
  void receipts_of_several_processes_add_up() {
    Receipts all = new Receipts();
    all.add("a", HOUR, new Receipts.Count(1, 2, "9"));
    Receipts other = new Receipts();
    other.add("a", HOUR, new Receipts.Count(10, 20, "10"));

    all.addAll(other);

    assertThat(all.byShard())
        .isEqualTo(Map.of("a", new TreeMap<>(Map.of(HOUR, new Receipts.Count(11, 22, "10")))));
  }

  private static PutRecordsResultEntry receipt(String shard, String sequenceNumber) {
    return PutRecordsResultEntry.builder().shardId(shard).sequenceNumber(sequenceNumber).build();
  }

  private static PutRecordsResultEntry refusal() {
    return PutRecordsResultEntry.builder().errorCode("InternalFailure").build();
  }

  /** Keeps what is put. */
  private static final class Bucket implements S3Client {

    private final TreeMap<String, String> objects = new TreeMap<>();
    private boolean down;

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      if (down) {
        throw new IllegalStateException("down");
      }
      try (var in = body.contentStreamProvider().newStream()) {
        objects.put(
            request.key(), new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
      } catch (java.io.IOException impossible) {
        throw new java.io.UncheckedIOException(impossible);
      }
      return PutObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }
}
