package routes.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** The operations on streams as a whole. */
final class StreamOperations {

  private static final int MAX_SHARDS = 100_000;
  private static final int MAX_PAGE = 10_000;
  private static final int DEFAULT_PAGE = 100;
  private static final int MIN_RECORD_KIB = 1024;
  private static final int MAX_RECORD_KIB = 10_240;

  private final Streams streams;
  private final Account account;

  StreamOperations(Streams streams, Account account) {
    this.streams = streams;
    this.account = account;
  }

  void createStream(Request request, Answer answer) throws IOException {
    String name = request.requiredIdentifier("StreamName");
    Request details = request.structure("StreamModeDetails");
    StreamMode mode = StreamMode.PROVISIONED;
    if (details != null) {
      mode =
          Constraints.required(
              "streamModeDetails.streamMode", details.oneOf("StreamMode", StreamMode.class));
    }
    Integer shardCount = request.integer("ShardCount", 1, MAX_SHARDS);
    if (mode == StreamMode.PROVISIONED) {
      Constraints.required("shardCount", shardCount);
    }
    int maxRecordKib =
        request.integer("MaxRecordSizeInKiB", MIN_RECORD_KIB, MAX_RECORD_KIB, MIN_RECORD_KIB);
    streams.create(name, mode, shardCount == null ? 0 : shardCount, maxRecordKib);
  }

  void deleteStream(Request request, Answer answer) throws IOException {
    streams.delete(request.streamName());
  }

  void listStreams(Request request, Answer answer) throws IOException {
    int limit = request.integer("Limit", 1, MAX_PAGE, DEFAULT_PAGE);
    @Nullable String after = request.identifier("ExclusiveStartStreamName");
    String token = request.string("NextToken");
    if (token != null) {
      after =
          Token.decode(token, StreamsToken.class)
              .orElseThrow(() -> KinesisException.invalidArgument("Invalid NextToken."))
              .after();
    }
    NavigableMap<String, Stream> all = streams.byName();
    Collection<Stream> rest = after == null ? all.values() : all.tailMap(after, false).values();
    List<Stream> found = rest.stream().limit(limit + 1L).toList();
    boolean more = found.size() > limit;
    List<Stream> page = more ? found.subList(0, limit) : found;
    JsonGenerator out = answer.out();
    out.writeStartObject();
    out.writeArrayFieldStart("StreamNames");
    for (Stream stream : page) {
      out.writeString(stream.name());
    }
    out.writeEndArray();
    out.writeArrayFieldStart("StreamSummaries");
    for (Stream stream : page) {
      out.writeStartObject();
      writeIdentity(answer, stream);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeBooleanField("HasMoreStreams", more);
    if (more) {
      String next = Token.encode(new StreamsToken(page.get(limit - 1).name()));
      out.writeStringField("NextToken", next);
    }
    out.writeEndObject();
  }

  void describeStream(Request request, Answer answer) throws IOException {
    int limit = request.integer("Limit", 1, MAX_PAGE, DEFAULT_PAGE);
    String after = request.identifier("ExclusiveStartShardId");
    Stream stream = streams.get(request.streamName());
    int afterNumber = after == null ? -1 : ShardIds.number(stream, after);
    List<Shard> rest = List.copyOf(stream.shards().tailMap(afterNumber, false).values());
    JsonGenerator out = answer.out();
    out.writeStartObject();
    out.writeObjectFieldStart("StreamDescription");
    writeDescription(answer, stream);
    out.writeArrayFieldStart("Shards");
    for (Shard shard : rest.subList(0, Math.min(limit, rest.size()))) {
      ShardWriter.write(out, shard);
    }
    out.writeEndArray();
    out.writeBooleanField("HasMoreShards", rest.size() > limit);
    out.writeEndObject();
    out.writeEndObject();
  }

  void describeStreamSummary(Request request, Answer answer) throws IOException {
    Stream stream = streams.get(request.streamName());
    JsonGenerator out = answer.out();
    out.writeStartObject();
    out.writeObjectFieldStart("StreamDescriptionSummary");
    writeDescription(answer, stream);
    out.writeNumberField("OpenShardCount", stream.openShards().size());
    out.writeNumberField("ConsumerCount", 0);
    out.writeNumberField("MaxRecordSizeInKiB", stream.info().maxRecordKib());
    out.writeEndObject();
    out.writeEndObject();
  }

  private void writeDescription(Answer answer, Stream stream) throws IOException {
    JsonGenerator out = answer.out();
    writeIdentity(answer, stream);
    out.writeNumberField("RetentionPeriodHours", stream.info().retentionHours());
    out.writeStringField("EncryptionType", "NONE");
    out.writeArrayFieldStart("EnhancedMonitoring");
    out.writeStartObject();
    out.writeArrayFieldStart("ShardLevelMetrics");
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndArray();
  }

  private void writeIdentity(Answer answer, Stream stream) throws IOException {
    JsonGenerator out = answer.out();
    out.writeStringField("StreamName", stream.name());
    out.writeStringField("StreamARN", account.arnOf(stream.name()));
    out.writeStringField("StreamStatus", "ACTIVE");
    out.writeObjectFieldStart("StreamModeDetails");
    out.writeStringField("StreamMode", stream.info().mode().name());
    out.writeEndObject();
    answer.timestamp("StreamCreationTimestamp", stream.info().created());
  }

  void increaseRetention(Request request, Answer answer) throws IOException {
    int hours = retentionHours(request);
    Stream stream = streams.get(request.streamName());
    if (hours < stream.info().retentionHours()) {
      throw wrongDirection(stream, hours, "shorter", "DecreaseRetentionPeriod");
    }
    streams.setRetention(stream, hours);
  }

  void decreaseRetention(Request request, Answer answer) throws IOException {
    int hours = retentionHours(request);
    Stream stream = streams.get(request.streamName());
    if (hours > stream.info().retentionHours()) {
      throw wrongDirection(stream, hours, "longer", "IncreaseRetentionPeriod");
    }
    streams.setRetention(stream, hours);
  }

  private static int retentionHours(Request request) {
    int hours =
        request.requiredInteger("RetentionPeriodHours", Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (hours < RetentionPeriod.MIN_HOURS) {
      throw KinesisException.invalidArgument(
          "Minimum allowed retention period is %s hours. Requested retention period (%s hours) is too short."
              .formatted(RetentionPeriod.MIN_HOURS, hours));
    }
    if (hours > RetentionPeriod.MAX_HOURS) {
      throw KinesisException.invalidArgument(
          "Maximum allowed retention period is %s hours. Requested retention period (%s hours) is too long."
              .formatted(RetentionPeriod.MAX_HOURS, hours));
    }
    return hours;
  }

  private static KinesisException wrongDirection(
      Stream stream, int hours, String how, String otherOperation) {
    return KinesisException.invalidArgument(
        ("Requested retention period (%s hours) for stream %s can not be %s than existing retention"
                + " period (%s hours). Use %s API.")
            .formatted(hours, stream.name(), how, stream.info().retentionHours(), otherOperation));
  }

  /** Where the next page of {@code ListStreams} begins. */
  record StreamsToken(String after) {}
}
