package routes.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How shards look in answers. */
final class ShardWriter {

  private ShardWriter() {}

  static void write(JsonGenerator out, Shard shard) throws IOException {
    ShardInfo info = shard.info();
    out.writeStartObject();
    out.writeStringField("ShardId", shard.id());
    writeParent(out, "ParentShardId", info.parent());
    writeParent(out, "AdjacentParentShardId", info.adjacentParent());
    writeRange(out, info);
    out.writeObjectFieldStart("SequenceNumberRange");
    out.writeStringField("StartingSequenceNumber", shard.sequenceNumbers().format(0));
    Long end = info.endCounter();
    if (end != null) {
      out.writeStringField("EndingSequenceNumber", shard.sequenceNumbers().format(end));
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void writeParent(JsonGenerator out, String member, @Nullable Integer number)
      throws IOException {
    if (number != null) {
      out.writeStringField(member, ShardInfo.id(number));
    }
  }

  private static void writeRange(JsonGenerator out, ShardInfo info) throws IOException {
    out.writeObjectFieldStart("HashKeyRange");
    out.writeStringField("StartingHashKey", info.startingHashKey().toString());
    out.writeStringField("EndingHashKey", info.endingHashKey().toString());
    out.writeEndObject();
  }

  /** A child as it is told to whoever read a closed parent to its end. */
  static void writeChild(JsonGenerator out, Shard shard) throws IOException {
    ShardInfo info = shard.info();
    out.writeStartObject();
    out.writeStringField("ShardId", shard.id());
    out.writeArrayFieldStart("ParentShards");
    writeId(out, info.parent());
    writeId(out, info.adjacentParent());
    out.writeEndArray();
    writeRange(out, info);
    out.writeEndObject();
  }

  private static void writeId(JsonGenerator out, @Nullable Integer number) throws IOException {
    if (number != null) {
      out.writeString(ShardInfo.id(number));
    }
  }
}
