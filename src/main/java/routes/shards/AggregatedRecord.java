package routes.shards;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import routes.record.ByteSlice;
import software.amazon.kinesis.retrieval.kpl.Messages;

/**
 * A Kinesis record in which the Kinesis Producer Library gathered several: a magic number, a
 * Protocol Buffers message and the message's MD5.
 *
 * <p>The message is the client library's, the loop is not: on a damaged message the library's own
 * logs and goes on without the records behind the damage.
 *
 * @see <a
 *     href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">KPL
 *     Aggregated Record Format</a>
 */
final class AggregatedRecord {

  private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

  @SuppressWarnings("deprecation") // The format's choice.
  private static final HashFunction MD5 = Hashing.md5();

  private static final int DIGEST_BYTES = 16;

  private AggregatedRecord() {}

  static boolean is(byte[] data) {
    return data.length >= MAGIC.length
        && Arrays.equals(data, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * The payloads in it; none when one of them belongs to another shard. That happens when a shard
   * is split or merged while they are on their way, and the producer, which is told where they
   * went, then sends all of them again.
   *
   * @throws IOException when it is damaged
   */
  static List<ByteSlice> payloads(byte[] data, HashRange shard) throws IOException {
    Messages.AggregatedRecord message = message(data);
    List<ByteSlice> payloads = new ArrayList<>(message.getRecordsCount());
    try {
      for (Messages.Record record : message.getRecordsList()) {
        String partitionKey =
            message.getPartitionKeyTable(Math.toIntExact(record.getPartitionKeyIndex()));
        String hashKey =
            record.hasExplicitHashKeyIndex()
                ? message.getExplicitHashKeyTable(Math.toIntExact(record.getExplicitHashKeyIndex()))
                : null;
        if (!shard.takes(partitionKey, hashKey)) {
          return List.of();
        }
        payloads.add(ByteSlice.of(record.getData().toByteArray()));
      }
    } catch (IndexOutOfBoundsException | ArithmeticException | NumberFormatException wrong) {
      throw new IOException("a record names no key of its table: " + wrong.getMessage(), wrong);
    }
    return payloads;
  }

  private static Messages.AggregatedRecord message(byte[] data) throws IOException {
    int end = data.length - DIGEST_BYTES;
    if (end < MAGIC.length) {
      throw new IOException("it is cut off");
    }
    ByteBuffer digest = ByteBuffer.wrap(data, end, DIGEST_BYTES);
    ByteBuffer body = ByteBuffer.wrap(data, MAGIC.length, end - MAGIC.length);
    if (!digest.equals(ByteBuffer.wrap(MD5.hashBytes(body.duplicate()).asBytes()))) {
      throw new IOException("its MD5 is another");
    }
    ByteString message = UnsafeByteOperations.unsafeWrap(body);
    try {
      return Messages.AggregatedRecord.parseFrom(message);
    } catch (InvalidProtocolBufferException broken) {
      throw new IOException(broken.getMessage(), broken);
    }
  }
}
