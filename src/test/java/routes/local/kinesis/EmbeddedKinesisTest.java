package routes.local.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKinesisTest {

  private static final String SHARD = "shardId-000000000000";

  @TempDir Path directory;
  private final MutableClock clock = new MutableClock();

  @Test
  void everything_is_as_it_was_after_a_restart() throws Exception {
    JsonNode description;
    List<JsonNode> records;
    String iterator;
    try (EmbeddedKinesis kinesis = open()) {
      Calls calls = new Calls(kinesis);
      createStream(calls, 2);
      put(calls, "a", "b", "c");
      calls.call(
          "SplitShard",
          Map.of("StreamName", "s", "ShardToSplit", SHARD, "NewStartingHashKey", "1000"));
      put(calls, "d", "e");
      calls.call(
          "IncreaseStreamRetentionPeriod", Map.of("StreamName", "s", "RetentionPeriodHours", 30));
      description = describe(calls);
      records = readAll(calls);
      iterator = calls.iterator("s", SHARD, "TRIM_HORIZON");
    }
    try (EmbeddedKinesis kinesis = open()) {
      Calls calls = new Calls(kinesis);
      assertThat(describe(calls)).isEqualTo(description);
      assertThat(readAll(calls)).isEqualTo(records).hasSize(5);
      assertThat(calls.call("GetRecords", Map.of("ShardIterator", iterator)).get("Records"))
          .containsExactlyElementsOf(calls.readAll("s", SHARD));
    }
  }

  @Test
  void sequence_numbers_go_on_after_a_restart() throws Exception {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (EmbeddedKinesis kinesis = open()) {
        Calls calls = new Calls(kinesis);
        if (i == 0) {
          createStream(calls, 1);
        }
        numbers.addAll(put(calls, "x"));
      }
    }

    assertThat(numbers).isSorted().doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void a_deleted_stream_stays_deleted_and_its_creation_time_is_not_given_again() throws Exception {
    String first;
    try (EmbeddedKinesis kinesis = open()) {
      Calls calls = new Calls(kinesis);
      createStream(calls, 1);
      first = describe(calls).at("/StreamDescription/StreamCreationTimestamp").asText();
      calls.call("DeleteStream", Map.of("StreamName", "s"));
    }
    try (EmbeddedKinesis kinesis = open()) {
      Calls calls = new Calls(kinesis);
      assertThat(calls.call("ListStreams", Map.of()).get("StreamNames")).isEmpty();
      createStream(calls, 1);
      assertThat(describe(calls).at("/StreamDescription/StreamCreationTimestamp").asText())
          .isNotEqualTo(first);
    }
  }

  @Test
  void what_a_cut_short_deletion_or_creation_left_is_removed() throws Exception {
    Files.createDirectories(directory.resolve("gone-123").resolve(SHARD));

    open().close();

    assertThat(directory.resolve("gone-123")).doesNotExist();
  }

  @Test
  void concurrent_puts_are_read_once_each_in_the_order_of_each_caller() throws Exception {
    int callers = 4;
    int puts = 50;
    try (EmbeddedKinesis kinesis = open()) {
      Calls calls = new Calls(kinesis);
      createStream(calls, 2);
      ExecutorService threads = Executors.newFixedThreadPool(callers);
      List<Future<List<String>>> sent = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        String name = "caller-" + caller + "-";
        sent.add(
            threads.submit(
                () -> {
                  List<String> numbers = new ArrayList<>();
                  for (int i = 0; i < puts; i++) {
                    int first = 10 * i;
                    numbers.addAll(
                        put(
                            calls,
                            IntStream.range(first, first + 10)
                                .mapToObj(n -> name + "%04d".formatted(n))
                                .toArray(String[]::new)));
                  }
                  return numbers;
                }));
      }
      for (int target = 3; !sent.stream().allMatch(Future::isDone); target = 5 - target) {
        calls.call(
            "UpdateShardCount",
            Map.of(
                "StreamName", "s", "TargetShardCount", target, "ScalingType", "UNIFORM_SCALING"));
      }
      List<String> numbers = new ArrayList<>();
      for (Future<List<String>> future : sent) {
        numbers.addAll(future.get());
      }
      threads.shutdown();

      List<JsonNode> records = readAll(calls);
      assertThat(records)
          .extracting(record -> record.get("SequenceNumber").textValue())
          .containsExactlyInAnyOrderElementsOf(numbers);
      assertThat(records).extracting(EmbeddedKinesisTest::text).doesNotHaveDuplicates();
      for (JsonNode shard : calls.shards("s")) {
        for (int caller = 0; caller < callers; caller++) {
          String name = "caller-" + caller;
          assertThat(calls.readAll("s", shard.get("ShardId").textValue()))
              .extracting(EmbeddedKinesisTest::text)
              .filteredOn(text -> text.startsWith(name))
              .isSorted();
        }
      }
    }
  }

  @Test
  void what_was_acknowledged_outlives_a_killed_process() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PutForever.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (var output = process.inputReader(UTF_8)) {
      for (int i = 0; i < 500; i++) {
        acknowledged.add(output.readLine());
      }
      // Unlike the process itself, its handle leaves what was printed to be read.
      process.toHandle().destroyForcibly();
      process.waitFor();
      output.lines().filter(line -> line.length() == 60).forEach(acknowledged::add);
    }

    try (EmbeddedKinesis kinesis =
        new EmbeddedKinesis(directory, KinesisOptions.defaults(), Clock.systemUTC())) {
      Calls calls = new Calls(kinesis);
      List<String> read = new ArrayList<>();
      for (JsonNode record : readAll(calls)) {
        read.add("put " + record.get("SequenceNumber").textValue());
      }
      assertThat(read).doesNotHaveDuplicates().containsAll(acknowledged);
      String next = put(calls, "x").get(0);
      String shardOfNext = "put " + next.substring(0, 37);
      assertThat(read)
          .filteredOn(line -> line.startsWith(shardOfNext))
          .isNotEmpty()
          .allSatisfy(line -> assertThat("put " + next).isGreaterThan(line));
    }
  }

  @Test
  void one_process_at_a_time_has_the_directory() throws Exception {
    try (EmbeddedKinesis first = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessage(directory + " is in use by another process");
      assertThat(new Calls(first).call("ListStreams", Map.of())).isNotEmpty();
    }
    open().close();
  }

  @Test
  void a_closed_kinesis_asks_to_come_back_later() throws Exception {
    EmbeddedKinesis kinesis = open();
    kinesis.close();

    assertThat(new Calls(kinesis).error("ListStreams", Map.of()))
        .isEqualTo("503 ServiceUnavailable");
  }

  @Test
  void what_cannot_be_read_is_the_callers_fault() throws Exception {
    try (EmbeddedKinesis kinesis = open()) {
      Calls calls = new Calls(kinesis);
      createStream(calls, 1);
      for (String operation : List.of("ListStreams", "PutRecord", "PutRecords", "GetRecords")) {
        for (String body : List.of("", "{", "[]", "\"x\"", "null")) {
          for (String type : List.of(Calls.JSON, "application/x-amz-cbor-1.1")) {
            assertThat(kinesis.call(operation, type, body.getBytes(UTF_8)).status())
                .as("%s in %s of %s", operation, type, body)
                .isEqualTo(400);
          }
        }
      }
      assertThat(calls.error("PutRecord", Map.of("PartitionKey", 1)))
          .isEqualTo("400 SerializationException");
      assertThat(
              calls.error(
                  "PutRecord",
                  Map.of("StreamName", "s", "PartitionKey", "k", "Data", "no base64!")))
          .isEqualTo("400 SerializationException");
      assertThat(calls.error("PutRecords", Map.of("StreamName", "s", "Records", List.of("x"))))
          .isEqualTo("400 SerializationException");
      assertThat(calls.error("PutRecords", Map.of("StreamName", "s")))
          .isEqualTo("400 ValidationException");
      assertThat(calls.error("PutRecord", Map.of("PartitionKey", "k", "Data", "")))
          .isEqualTo("400 InvalidArgumentException");
    }
  }

  @Test
  void a_throttled_shard_takes_a_thousand_records_a_second() throws Exception {
    try (EmbeddedKinesis kinesis = open(KinesisOptions.defaults().withThrottling(true))) {
      Calls calls = new Calls(kinesis);
      createStream(calls, 1);
      put(calls, Collections.nCopies(500, "x").toArray(String[]::new));
      put(calls, Collections.nCopies(499, "x").toArray(String[]::new));

      JsonNode answer = calls.call("PutRecords", records("fits", "too many"));

      assertThat(answer.get("FailedRecordCount").intValue()).isEqualTo(1);
      assertThat(answer.at("/Records/0/ShardId").textValue()).isEqualTo(SHARD);
      assertThat(answer.at("/Records/1/ErrorCode").textValue())
          .isEqualTo("ProvisionedThroughputExceededException");
      assertThat(answer.at("/Records/1/ErrorMessage").textValue())
          .isEqualTo(
              "Rate exceeded for shard %s in stream s under account 000000000000."
                  .formatted(SHARD));
      assertThat(calls.error("PutRecord", record("x")))
          .isEqualTo("400 ProvisionedThroughputExceededException");
      assertThat(readAll(calls)).hasSize(1000);
      clock.advance(Duration.ofMillis(2));
      assertThat(put(calls, "x", "x")).hasSize(2);
    }
  }

  @Test
  void a_throttled_shard_takes_a_mebibyte_a_second() throws Exception {
    try (EmbeddedKinesis kinesis = open(KinesisOptions.defaults().withThrottling(true))) {
      Calls calls = new Calls(kinesis);
      createStream(calls, 1);
      String half = "x".repeat((1 << 19) - 3);
      put(calls, half);
      put(calls, half);

      assertThat(calls.error("PutRecord", record("x")))
          .isEqualTo("400 ProvisionedThroughputExceededException");
      clock.advance(Duration.ofMillis(500));
      put(calls, half);
    }
  }

  @Test
  void a_throttled_shard_is_read_five_times_a_second() throws Exception {
    try (EmbeddedKinesis kinesis = open(KinesisOptions.defaults().withThrottling(true))) {
      Calls calls = new Calls(kinesis);
      createStream(calls, 1);
      Map<String, String> read = Map.of("ShardIterator", calls.iterator("s", SHARD, "LATEST"));
      for (int i = 0; i < 5; i++) {
        calls.call("GetRecords", read);
      }

      assertThat(calls.error("GetRecords", read))
          .isEqualTo("400 ProvisionedThroughputExceededException");
      clock.advance(Duration.ofMillis(200));
      calls.call("GetRecords", read);
    }
  }

  @Test
  void faults_fail_calls_before_and_after_and_single_entries() throws Exception {
    Faults faults =
        new Faults() {
          @Override
          public AwsError before(String operation) {
            return operation.equals("ListStreams") ? AwsError.internalFailure("before") : null;
          }

          @Override
          public AwsError after(String operation) {
            return operation.equals("PutRecord") ? AwsError.internalFailure("after") : null;
          }

          @Override
          public AwsError entry(String stream, String partitionKey, int index) {
            return index == 1 ? AwsError.internalFailure("entry") : null;
          }
        };
    try (EmbeddedKinesis kinesis = open(KinesisOptions.defaults().withFaults(faults))) {
      Calls calls = new Calls(kinesis);
      createStream(calls, 1);

      assertThat(calls.error("ListStreams", Map.of())).isEqualTo("500 InternalFailure");
      JsonNode answer = calls.call("PutRecords", records("a", "b", "c"));
      assertThat(answer.get("FailedRecordCount").intValue()).isEqualTo(1);
      assertThat(answer.at("/Records/1/ErrorCode").textValue()).isEqualTo("InternalFailure");
      assertThat(calls.error("PutRecord", record("d"))).isEqualTo("500 InternalFailure");
      assertThat(readAll(calls))
          .extracting(EmbeddedKinesisTest::text)
          .containsExactly("a", "c", "d");
    }
  }

  @Test
  void records_that_cannot_be_written_are_refused_one_by_one() throws Exception {
    try (EmbeddedKinesis kinesis = open(KinesisOptions.defaults().withSegmentBytes(1))) {
      Calls calls = new Calls(kinesis);
      createStream(calls, 1);
      put(calls, "first");
      Path shard = shardDirectory();
      Path obstacle = shard.resolve("0000000000000000002.log");
      Files.createDirectory(obstacle);

      JsonNode answer = calls.call("PutRecords", records("a", "b"));
      assertThat(answer.get("FailedRecordCount").intValue()).isEqualTo(2);
      assertThat(answer.at("/Records/0/ErrorCode").textValue()).isEqualTo("InternalFailure");
      assertThat(calls.error("PutRecord", record("c"))).isEqualTo("500 InternalFailure");

      Files.delete(obstacle);
      put(calls, "second");
      assertThat(readAll(calls))
          .extracting(EmbeddedKinesisTest::text)
          .containsExactly("first", "second");
    }
  }

  /** Puts one record after another and tells each sequence number once it is acknowledged. */
  static final class PutForever {

    private PutForever() {}

    public static void main(String[] args) throws IOException {
      EmbeddedKinesis kinesis =
          new EmbeddedKinesis(Path.of(args[0]), KinesisOptions.defaults(), Clock.systemUTC());
      Calls calls = new Calls(kinesis);
      createStream(calls, 2);
      while (true) {
        put(calls, "x", "y", "z").forEach(number -> System.out.println("put " + number));
      }
    }
  }

  private EmbeddedKinesis open() throws IOException {
    return open(KinesisOptions.defaults());
  }

  private EmbeddedKinesis open(KinesisOptions options) throws IOException {
    return new EmbeddedKinesis(directory, options, clock);
  }

  private Path shardDirectory() throws IOException {
    try (var paths = Files.walk(directory)) {
      return paths.filter(path -> path.endsWith(SHARD)).findFirst().orElseThrow();
    }
  }

  private static void createStream(Calls calls, int shards) throws IOException {
    calls.call("CreateStream", Map.of("StreamName", "s", "ShardCount", shards));
  }

  private static JsonNode describe(Calls calls) throws IOException {
    return calls.call("DescribeStream", Map.of("StreamName", "s"));
  }

  /** The sequence numbers of records that are all stored. */
  private static List<String> put(Calls calls, String... data) throws IOException {
    JsonNode answer = calls.call("PutRecords", records(data));
    assertThat(answer.get("FailedRecordCount").intValue()).isZero();
    List<String> numbers = new ArrayList<>();
    answer.get("Records").forEach(r -> numbers.add(r.get("SequenceNumber").textValue()));
    return numbers;
  }

  private static Map<String, ?> records(String... data) {
    List<Map<String, String>> records = new ArrayList<>();
    for (String text : data) {
      String key = text.length() > 100 ? "key" : text;
      records.add(Map.of("PartitionKey", key, "Data", base64(text)));
    }
    return Map.of("StreamName", "s", "Records", records);
  }

  private static Map<String, ?> record(String data) {
    return Map.of("StreamName", "s", "PartitionKey", "key", "Data", base64(data));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static List<JsonNode> readAll(Calls calls) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (JsonNode shard : calls.shards("s")) {
      records.addAll(calls.readAll("s", shard.get("ShardId").textValue()));
    }
    return records;
  }

  private static String text(JsonNode record) {
    return new String(Base64.getDecoder().decode(record.get("Data").textValue()), UTF_8);
  }
}
