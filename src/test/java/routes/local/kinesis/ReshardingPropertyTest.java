package routes.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import routes.files.DurableFiles;

class ReshardingPropertyTest {

  /** What a step does to the stream; which shards it takes is drawn once for all steps. */
  enum Action {
    SPLIT,
    MERGE,
    SCALE,
    PUT,
    RESTART
  }

  @Property(tries = 40)
  void the_stream_stays_whole_whatever_is_split_merged_scaled_and_restarted(
      @ForAll @Size(max = 12) List<Action> actions, @ForAll @IntRange(max = 1000) int choice)
      throws IOException {
    Path directory = Files.createTempDirectory("kinesis");
    MutableClock clock = new MutableClock();
    List<String> put = new ArrayList<>();
    EmbeddedKinesis kinesis = new EmbeddedKinesis(directory, KinesisOptions.defaults(), clock);
    try {
      new Calls(kinesis).call("CreateStream", Map.of("StreamName", "s", "ShardCount", 2));
      for (int i = 0; i < actions.size(); i++) {
        if (actions.get(i) == Action.RESTART) {
          kinesis.close();
          kinesis = new EmbeddedKinesis(directory, KinesisOptions.defaults(), clock);
        } else {
          apply(new Calls(kinesis), actions.get(i), choice + i, put);
        }
        open_shards_divide_the_hash_keys(new Calls(kinesis).shards("s"));
      }
      every_record_is_read_once_in_increasing_order(new Calls(kinesis), put);
    } finally {
      kinesis.close();
      DurableFiles.deleteTree(directory);
    }
  }

  private static void apply(Calls calls, Action action, int choice, List<String> put)
      throws IOException {
    List<JsonNode> open = openShards(calls.shards("s"));
    JsonNode shard = open.get(choice % open.size());
    switch (action) {
      case SPLIT -> {
        BigInteger middle = start(shard).add(end(shard)).shiftRight(1);
        calls.call(
            "SplitShard",
            Map.of(
                "StreamName", "s",
                "ShardToSplit", id(shard),
                "NewStartingHashKey", middle.toString()));
      }
      case MERGE -> {
        if (open.size() > 1) {
          int first = choice % (open.size() - 1);
          calls.call(
              "MergeShards",
              Map.of(
                  "StreamName", "s",
                  "ShardToMerge", id(open.get(first)),
                  "AdjacentShardToMerge", id(open.get(first + 1))));
        }
      }
      case SCALE ->
          calls.call(
              "UpdateShardCount",
              Map.of(
                  "StreamName", "s",
                  "TargetShardCount", (open.size() + 1) / 2 + choice % open.size(),
                  "ScalingType", "UNIFORM_SCALING"));
      default -> {
        for (int i = 0; i < 3; i++) {
          JsonNode answer =
              calls.call(
                  "PutRecord",
                  Map.of("StreamName", "s", "PartitionKey", "key-" + put.size(), "Data", ""));
          put.add(id(answer) + " " + answer.get("SequenceNumber").textValue());
        }
      }
    }
  }

  private static void open_shards_divide_the_hash_keys(List<JsonNode> shards) {
    BigInteger next = BigInteger.ZERO;
    for (JsonNode shard : openShards(shards)) {
      assertThat(start(shard)).isEqualTo(next);
      assertThat(end(shard)).isGreaterThan(start(shard));
      next = end(shard).add(BigInteger.ONE);
    }
    assertThat(next).isEqualTo(BigInteger.ONE.shiftLeft(128));
  }

  private static void every_record_is_read_once_in_increasing_order(Calls calls, List<String> put)
      throws IOException {
    List<String> read = new ArrayList<>();
    Map<String, BigInteger> ends = new HashMap<>();
    for (JsonNode shard : calls.shards("s")) {
      BigInteger previous = sequenceNumber(shard.at("/SequenceNumberRange/StartingSequenceNumber"));
      for (String parent : List.of("ParentShardId", "AdjacentParentShardId")) {
        if (shard.has(parent)) {
          assertThat(previous).isGreaterThan(ends.get(shard.get(parent).textValue()));
        }
      }
      for (JsonNode record : calls.readAll("s", id(shard))) {
        BigInteger number = sequenceNumber(record.get("SequenceNumber"));
        assertThat(number).isGreaterThan(previous);
        previous = number;
        read.add(id(shard) + " " + number);
      }
      JsonNode end = shard.at("/SequenceNumberRange/EndingSequenceNumber");
      if (!end.isMissingNode()) {
        assertThat(sequenceNumber(end)).isGreaterThan(previous);
        ends.put(id(shard), sequenceNumber(end));
      }
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(put);
  }

  private static List<JsonNode> openShards(List<JsonNode> shards) {
    return shards.stream()
        .filter(shard -> shard.at("/SequenceNumberRange/EndingSequenceNumber").isMissingNode())
        .sorted(Comparator.comparing(ReshardingPropertyTest::start))
        .toList();
  }

  private static BigInteger sequenceNumber(JsonNode text) {
    assertThat(text.textValue()).matches("\\d{56}");
    return new BigInteger(text.textValue());
  }

  private static BigInteger start(JsonNode shard) {
    return new BigInteger(shard.at("/HashKeyRange/StartingHashKey").textValue());
  }

  private static BigInteger end(JsonNode shard) {
    return new BigInteger(shard.at("/HashKeyRange/EndingHashKey").textValue());
  }

  private static String id(JsonNode shard) {
    return shard.get("ShardId").textValue();
  }
}
