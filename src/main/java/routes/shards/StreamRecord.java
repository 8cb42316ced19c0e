package routes.shards;

import java.time.Instant;
import routes.json.ByteSlice;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * A record as Kinesis has it.
 *
 * @param arrival when Kinesis took it, by Kinesis' clock
 */
public record StreamRecord(String sequenceNumber, Instant arrival, ByteSlice data) {

  static StreamRecord of(Record record) {
    return new StreamRecord(
        record.sequenceNumber(),
        record.approximateArrivalTimestamp(),
        ByteSlice.of(record.data().asByteArrayUnsafe()));
  }
}
