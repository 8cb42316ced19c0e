package routes.local.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a consumer has yet to take stays on its stream, whatever the clock does. */
class StreamConsumerTest {

  private static final String SHARD = "shardId-000000000000";
  private static final Duration RETENTION = Duration.ofHours(24);
  private static final Duration LOOK_BACK = Duration.ofMinutes(1);
  private static final int STEPS = 400;

  @TempDir Path directory;
  private final MutableClock clock = new MutableClock();
  private final Reader reader = new Reader();
  private EmbeddedKinesis kinesis;
  private Calls calls;

  @BeforeEach
  void start() throws IOException {
    open();
    create("s");
  }

  @AfterEach
  void stop() throws IOException {
    kinesis.close();
  }

  @Test
  void nothing_expires_while_nobody_takes_it() throws Exception {
    put("s", "a", "b");
    clock.advance(RETENTION.multipliedBy(3));
    put("s", "c");

    assertThat(texts("s")).containsExactly("a", "b", "c");
    restart();
    clock.advance(RETENTION);
    assertThat(texts("s")).containsExactly("a", "b", "c");
  }

  @Test
  void what_is_taken_goes_when_the_retention_ends() throws Exception {
    put("s", "a", "b");
    clock.advance(RETENTION.minusMinutes(1));
    reader.takeAll();
    assertThat(texts("s")).containsExactly("a", "b");

    clock.advance(Duration.ofMinutes(2));

    assertThat(texts("s")).isEmpty();
  }

  @Test
  void what_comes_after_everything_was_taken_is_kept_again() throws Exception {
    put("s", "a");
    reader.takeAll();
    clock.advance(RETENTION.plusSeconds(1));
    assertThat(texts("s")).isEmpty();
    put("s", "b");

    clock.advance(RETENTION.multipliedBy(2));

    assertThat(texts("s")).contains("b");
  }

  @Test
  void what_arrived_shortly_before_the_place_reached_is_kept_to_recognise_copies()
      throws Exception {
    put("s", "long before");
    clock.advance(LOOK_BACK.plusSeconds(1));
    put("s", "before");
    clock.advance(LOOK_BACK);
    put("s", "last taken");
    reader.takeAll();
    put("s", "next");

    clock.advance(RETENTION.plusHours(1));

    assertThat(texts("s")).containsExactly("before", "last taken", "next");
  }

  @Test
  void a_record_taken_in_part_is_kept() throws Exception {
    String number = put("s", "gathered").get(0);
    reader.stops.put(SHARD, number);

    clock.advance(RETENTION.plusHours(1));

    assertThat(texts("s")).containsExactly("gathered");
  }

  @Test
  void closed_shards_are_kept_with_what_is_not_taken() throws Exception {
    put("s", "parent");
    split(SHARD);
    put("s", "child");
    clock.advance(RETENTION.plusHours(1));
    assertThat(texts("s")).containsExactlyInAnyOrder("parent", "child");

    reader.takeAll();
    clock.advance(Duration.ofMinutes(1));

    assertThat(calls.shards("s"))
        .extracting(shard -> shard.get("ShardId").textValue())
        .doesNotContain(SHARD);
  }

  @Test
  void a_clock_that_was_set_late_expires_nothing() throws Exception {
    clock.advance(Duration.ofDays(-2000));
    create("old");
    reader.stream = "old";
    put("old", "a");
    clock.advance(Duration.ofDays(2000));
    put("old", "b");

    assertThat(texts("old")).containsExactly("a", "b");
    restart();
    assertThat(texts("old")).containsExactly("a", "b");
  }

  @Test
  void nothing_expires_while_the_consumer_cannot_say() throws Exception {
    put("s", "a");
    reader.takeAll();
    reader.silent = true;
    clock.advance(RETENTION.plusHours(1));
    assertThat(texts("s")).containsExactly("a");

    reader.silent = false;
    clock.advance(Duration.ofMinutes(1));

    assertThat(texts("s")).isEmpty();
  }

  @Test
  void streams_it_does_not_read_expire_as_on_aws() throws Exception {
    create("other");
    put("other", "a");

    clock.advance(RETENTION.plusSeconds(1));

    assertThat(texts("other")).isEmpty();
  }

  /** Puts, takes, splits, kills and moves the clock in any order; every record is taken once. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatever_the_clock_does_every_record_is_taken_once(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> sent = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(7)) {
        case 0, 1, 2 -> {
          String text = "record-" + step;
          put("s", text);
          sent.add(text);
        }
        case 3 -> taken.addAll(takeSome(random));
        case 4 -> clock.advance(Duration.ofHours(random.nextInt(-30, 60)));
        case 5 -> restart();
        default -> {
          if (step % 8 == 0) {
            split(openShards().get(0));
          }
        }
      }
    }
    while (taken.size() < sent.size()) {
      clock.advance(Duration.ofDays(3));
      List<String> some = takeSome(random);
      assertThat(some.isEmpty() && reader.isAtTheEnd()).as("seed %d", seed).isFalse();
      taken.addAll(some);
    }

    assertThat(taken).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(sent);
  }

  private List<String> takeSome(Random random) throws IOException {
    List<String> taken = new ArrayList<>();
    for (JsonNode shard : calls.shards("s")) {
      String id = shard.get("ShardId").textValue();
      String stop = reader.wholly.getOrDefault(id, "");
      List<JsonNode> rest =
          calls.readAll("s", id).stream()
              .filter(r -> r.get("SequenceNumber").textValue().compareTo(stop) > 0)
              .toList();
      for (JsonNode record : rest.subList(0, random.nextInt(rest.size() + 1))) {
        taken.add(text(record));
        reader.wholly.put(id, record.get("SequenceNumber").textValue());
      }
    }
    return taken;
  }

  /** Opens it again without having been closed, as far as one process can. */
  private void restart() throws IOException {
    kinesis.close();
    open();
  }

  private void open() throws IOException {
    kinesis =
        new EmbeddedKinesis(
            directory, KinesisOptions.defaults().withSegmentBytes(1).withConsumer(reader), clock);
    calls = new Calls(kinesis);
  }

  private void create(String stream) throws IOException {
    calls.call("CreateStream", Map.of("StreamName", stream, "ShardCount", 1));
  }

  private List<String> put(String stream, String... texts) throws IOException {
    List<String> numbers = new ArrayList<>();
    for (String text : texts) {
      String data = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
      JsonNode put =
          calls.call("PutRecord", Map.of("StreamName", stream, "PartitionKey", text, "Data", data));
      numbers.add(put.get("SequenceNumber").textValue());
    }
    return numbers;
  }

  private void split(String shard) throws IOException {
    JsonNode range =
        calls.shards("s").stream()
            .filter(s -> s.get("ShardId").textValue().equals(shard))
            .findFirst()
            .orElseThrow()
            .get("HashKeyRange");
    var start = new BigInteger(range.get("StartingHashKey").textValue());
    var end = new BigInteger(range.get("EndingHashKey").textValue());
    String middle = start.add(end).shiftRight(1).toString();
    calls.call(
        "SplitShard",
        Map.of("StreamName", "s", "ShardToSplit", shard, "NewStartingHashKey", middle));
  }

  private List<String> openShards() throws IOException {
    return calls.shards("s").stream()
        .filter(shard -> !shard.get("SequenceNumberRange").has("EndingSequenceNumber"))
        .map(shard -> shard.get("ShardId").textValue())
        .toList();
  }

  private List<String> texts(String stream) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonNode shard : calls.shards(stream)) {
      calls.readAll(stream, shard.get("ShardId").textValue()).forEach(r -> texts.add(text(r)));
    }
    return texts;
  }

  private static String text(JsonNode record) {
    return new String(Base64.getDecoder().decode(record.get("Data").textValue()), UTF_8);
  }

  /** Remembers how far it has got, as a checkpoint would. */
  private final class Reader implements StreamConsumer {

    private final Map<String, String> wholly = new HashMap<>();
    private final Map<String, String> stops = new HashMap<>();
    private String stream = "s";
    private boolean silent;

    void takeAll() throws IOException {
      for (JsonNode shard : calls.shards(stream)) {
        String id = shard.get("ShardId").textValue();
        calls
            .readAll(stream, id)
            .forEach(record -> wholly.put(id, record.get("SequenceNumber").textValue()));
      }
    }

    boolean isAtTheEnd() throws IOException {
      for (JsonNode shard : calls.shards("s")) {
        String id = shard.get("ShardId").textValue();
        String stop = wholly.getOrDefault(id, "");
        if (calls.readAll("s", id).stream()
            .anyMatch(r -> r.get("SequenceNumber").textValue().compareTo(stop) > 0)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean reads(String name) {
      return name.equals(stream);
    }

    @Override
    public Optional<String> stoppedAt(String name, Instant created, String shard, String newest)
        throws IOException {
      if (silent) {
        throw new IOException("silent");
      }
      String stop = wholly.getOrDefault(shard, "");
      return stop.compareTo(newest) >= 0
          ? Optional.empty()
          : Optional.of(stops.getOrDefault(shard, stop));
    }

    @Override
    public Duration lookBack() {
      return LOOK_BACK;
    }
  }
}
