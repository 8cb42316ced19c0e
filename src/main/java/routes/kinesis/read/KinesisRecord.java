package routes.kinesis.read;

import java.time.Instant;
import routes.json.ByteSlice;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * A record as Kinesis has it.
 *
 * @param arrival when Kinesis took it, by Kinesis' clock
 */
public record KinesisRecord(String sequenceNumber, Instant arrival, ByteSlice data) {

  static KinesisRecord of(Record record) {
    return new KinesisRecord(
        record.sequenceNumber(),
        record.approximateArrivalTimestamp(),
        ByteSlice.of(record.data().asByteArrayUnsafe()));
  }
}
