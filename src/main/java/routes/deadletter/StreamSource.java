package routes.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A record of a Kinesis stream.
 *
 * @param stream name
 * @param shard id, such as {@code shardId-000000000000}
 * @param sequenceNumber of the Kinesis record that held it
 * @param index among the log records of that Kinesis record, from 0
 */
public record StreamSource(
    String stream, String shard, @JsonProperty("sequence_number") String sequenceNumber, int index)
    implements Source {}
