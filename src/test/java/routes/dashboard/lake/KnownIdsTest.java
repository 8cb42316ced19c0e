package routes.dashboard.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import routes.dashboard.query.Query;
import routes.dashboard.query.TimeReader;
import routes.partition.Partition;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.LevelReader;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.signal.Signal;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** What is read again, and what need not be. */
class KnownIdsTest {

  private static final String BUCKET = "lake";
  private static final Instant HOUR = Instant.parse("2026-11-20T10:00:00Z");
  private static final String ID = "1fa96282f4e9a344ab082bc858e4be24";
  private static final String OTHER = "f91f9b6a2c3be76d3fa50a5af03d65c8";
  private static final String UNKNOWN = "00000000000000000000000000000001";

  private final Store store = new Store();
  private final KnownIds known = new KnownIds(1 << 20);

  @Test
  void an_object_is_not_read_again_for_an_id_that_it_lacks() {
    LakeObject object = store.put(1, line(ID), line(OTHER));

    assertThat(found(object, "")).isEqualTo(2);
    assertThat(found(object, UNKNOWN)).isZero();
    assertThat(store.reads).hasSize(2);
    assertThat(found(object, UNKNOWN)).isZero();
    assertThat(found(object, "trace_id:" + UNKNOWN)).isZero();
    assertThat(store.reads).hasSize(2);

    assertThat(found(object, ID)).isEqualTo(1);
    assertThat(found(object, "trace_id:" + OTHER.toUpperCase(Locale.ROOT))).isEqualTo(1);
    assertThat(found(object, "NOT " + UNKNOWN)).isEqualTo(2);
    assertThat(store.reads).hasSize(5);
  }

  @Test
  void what_is_not_read_counts_as_looked_at() {
    LakeObject object = store.put(1, line(ID), line(OTHER), line(OTHER));

    assertThat(read(object, UNKNOWN, new NewestRecords(9)).records()).isEqualTo(3);
    assertThat(read(object, UNKNOWN, new NewestRecords(9)).records()).isEqualTo(3);
    assertThat(store.reads).hasSize(1);
  }

  @Test
  void an_id_that_is_written_with_escapes_is_found() {
    LakeObject object = store.put(1, line("\\u0031" + ID.substring(1)));

    assertThat(found(object, UNKNOWN)).isZero();
    assertThat(found(object, "trace_id:" + ID)).isEqualTo(1);
  }

  @Test
  void an_object_that_was_put_again_is_read_again() {
    LakeObject before = store.put(1, line(OTHER));
    assertThat(found(before, ID)).isZero();
    LakeObject after =
        new LakeObject(before.partition(), before.key(), before.bytes(), HOUR.plusSeconds(2));
    store.objects.put(before.key(), line(ID));

    assertThat(found(after, ID)).isEqualTo(1);
  }

  @Test
  void an_object_that_was_put_again_within_a_second_is_read_again() {
    assertThat(found(store.put(1, line(OTHER)), ID)).isZero();

    assertThat(found(store.put(1, line(OTHER), line(ID)), ID)).isEqualTo(1);
  }

  @Test
  void the_objects_put_last_are_known_when_there_is_no_room_for_all() {
    KnownIds few = new KnownIds(10_000);
    List<LakeObject> objects =
        IntStream.range(0, 100).mapToObj(number -> store.put(number, line(OTHER))).toList();
    for (int round = 0; round < 2; round++) {
      for (int number = 99; number >= 0; number--) {
        scan(ID, few).read(objects.get(number), new NewestRecords(9));
      }
    }

    List<String> again = new ArrayList<>(store.reads.subList(100, store.reads.size()));
    assertThat(again).hasSizeBetween(50, 99).doesNotContain(objects.get(99).key());
    assertThat(again).contains(objects.get(0).key());
  }

  private int found(LakeObject object, String query) {
    NewestRecords newest = new NewestRecords(9);
    read(object, query, newest);
    return newest.size();
  }

  private ObjectScan.Result read(LakeObject object, String query, NewestRecords newest) {
    return scan(query, known).read(object, newest);
  }

  private ObjectScan scan(String query, KnownIds known) {
    return new ObjectScan(
        store,
        new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection)
            .of(Signal.LOGS),
        new SearchQuery(
            BUCKET,
            Optional.empty(),
            HOUR,
            HOUR.plusSeconds(3600),
            Query.of(query, FieldNames.DEFAULT),
            new LevelReader(FieldNames.DEFAULT),
            new TimeReader(FieldNames.DEFAULT),
            HOUR,
            Optional.empty(),
            9,
            false,
            Counting.FALSE),
        known,
        new Overlap());
  }

  private static String line(String trace) {
    return "{\"timestamp\":\"2026-11-20T10:05:00Z\",\"service\":\"web\",\"trace_id\":\"%s\"}\n"
        .formatted(trace);
  }

  /** As much of S3 as a scan needs. */
  private static final class Store implements S3Client {

    private final Map<String, String> objects = new HashMap<>();
    private final List<String> reads = new ArrayList<>();

    LakeObject put(int second, String... lines) {
      String key = "part-" + second + ".jsonl";
      String text = String.join("", lines);
      objects.put(key, text);
      Partition partition = new Partition("web", HOUR.getEpochSecond() / 3600);
      return new LakeObject(partition, key, text.length(), HOUR.plusSeconds(second));
    }

    @Override
    public <T> T getObject(
        GetObjectRequest get, ResponseTransformer<GetObjectResponse, T> transformer) {
      reads.add(get.key());
      byte[] bytes = objects.get(get.key()).getBytes(UTF_8);
      try {
        return transformer.transform(
            GetObjectResponse.builder().contentLength((long) bytes.length).build(),
            AbortableInputStream.create(new ByteArrayInputStream(bytes)));
      } catch (Exception failure) {
        throw new AssertionError(failure);
      }
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
