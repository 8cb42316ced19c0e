package routes.shards;

import org.jspecify.annotations.Nullable;
import routes.record.ByteSlice;
import routes.record.Rejection;

/**
 * What one call of the producer put into a Kinesis record, unpacked: any number of log records.
 *
 * @param rejection why it cannot be unpacked, in which case the bytes are as they came; else null
 */
public record Payload(ByteSlice bytes, @Nullable Rejection rejection) {

  public static Payload of(byte[] unpacked) {
    return new Payload(ByteSlice.of(unpacked), null);
  }
}
