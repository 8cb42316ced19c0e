package routes.local.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls an {@link EmbeddedKinesis} without HTTP, in JSON. */
record Calls(EmbeddedKinesis kinesis) {

  static final String JSON = "application/x-amz-json-1.1";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The answer to a call that succeeds. */
  JsonNode call(String operation, Map<String, ?> request) throws IOException {
    EmbeddedKinesis.Reply reply = kinesis.call(operation, JSON, MAPPER.writeValueAsBytes(request));
    assertThat(reply.status()).as(() -> new String(reply.body(), UTF_8)).isEqualTo(200);
    return MAPPER.readTree(reply.body());
  }

  /** The status and type of the error a call answers, such as {@code 400 ValidationException}. */
  String error(String operation, Map<String, ?> request) throws IOException {
    return error(kinesis.call(operation, JSON, MAPPER.writeValueAsBytes(request)));
  }

  static String error(EmbeddedKinesis.Reply reply) throws IOException {
    return reply.status() + " " + MAPPER.readTree(reply.body()).path("__type").textValue();
  }

  List<JsonNode> shards(String stream) throws IOException {
    List<JsonNode> shards = new ArrayList<>();
    call("ListShards", Map.of("StreamName", stream)).get("Shards").forEach(shards::add);
    return shards;
  }

  String iterator(String stream, String shard, String type) throws IOException {
    return call(
            "GetShardIterator",
            Map.of("StreamName", stream, "ShardId", shard, "ShardIteratorType", type))
        .get("ShardIterator")
        .textValue();
  }

  /** All records of a shard, from its start to its end or tip. */
  List<JsonNode> readAll(String stream, String shard) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    String next = iterator(stream, shard, "TRIM_HORIZON");
    boolean more = true;
    while (more) {
      JsonNode page = call("GetRecords", Map.of("ShardIterator", next));
      page.get("Records").forEach(records::add);
      next = page.path("NextShardIterator").textValue();
      more = next != null && !page.get("Records").isEmpty();
    }
    return records;
  }
}
