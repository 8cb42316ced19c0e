package routes.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Where a record came from, as exactly as is known. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Source.File.class, name = "file"),
  @JsonSubTypes.Type(value = Source.Stream.class, name = "stream"),
  @JsonSubTypes.Type(value = Source.Http.class, name = "http"),
  @JsonSubTypes.Type(value = Source.Message.class, name = "message")
})
public sealed interface Source {

  /** What tells it from every other source; ids of dead letters are made of it. */
  List<Object> identity();

  /**
   * A line of a file.
   *
   * @param file its name or path
   * @param since when the file was first seen, in ISO-8601: others may have had its name before
   * @param offset in bytes from the start of the file to the line, from 0
   * @param line counted from 1
   */
  record File(String file, String since, long offset, long line) implements Source {

    @Override
    public List<Object> identity() {
      return List.of("file", file, since, offset, line);
    }
  }

  /**
   * A record of an HTTP request.
   *
   * @param remote the sender's address
   * @param path of the request, without the query
   * @param request tells it from every other request
   * @param index of the record among those of the request, from 0
   */
  record Http(String remote, String path, String request, int index) implements Source {

    @Override
    public List<Object> identity() {
      return List.of("http", remote, path, request, index);
    }
  }

  /**
   * A record of a Kinesis stream.
   *
   * @param stream name
   * @param shard id, such as {@code shardId-000000000000}
   * @param sequenceNumber of the Kinesis record that held it
   * @param index among the log records of that Kinesis record, from 0
   */
  record Stream(
      String stream,
      String shard,
      @JsonProperty("sequence_number") String sequenceNumber,
      int index)
      implements Source {

    @Override
    public List<Object> identity() {
      return List.of("stream", stream, shard, sequenceNumber, index);
    }
  }

  /**
   * A message that lay on the dead-letter queue and is none of ours.
   *
   * @param messageId as SQS gave it
   */
  record Message(@JsonProperty("message_id") String messageId) implements Source {

    @Override
    public List<Object> identity() {
      return List.of("message", messageId);
    }
  }
}
