package routes.aggregation;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import software.amazon.kinesis.retrieval.kpl.Messages.AggregatedRecord;

/**
 * What an aggregated record looks like on the stream: a magic number, a Protocol Buffers message
 * and the message's MD5.
 *
 * @see <a
 *     href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">KPL
 *     Aggregated Record Format</a>
 */
public final class AggregatedFormat {

  private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
  private static final int DIGEST_BYTES = 16;

  @SuppressWarnings("deprecation") // The format's choice.
  private static final HashFunction MD5 = Hashing.md5();

  /** What stands around the message. */
  public static final int ENVELOPE_BYTES = MAGIC.length + DIGEST_BYTES;

  private AggregatedFormat() {}

  /** Whether the payload of a Kinesis record begins like an aggregated one. */
  public static boolean matches(byte[] payload) {
    return payload.length >= MAGIC.length
        && Arrays.equals(payload, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** The payload of the Kinesis record that carries these. */
  public static byte[] payload(AggregatedRecord records) {
    byte[] message = records.toByteArray();
    return ByteBuffer.allocate(ENVELOPE_BYTES + message.length)
        .put(MAGIC)
        .put(message)
        .put(MD5.hashBytes(message).asBytes())
        .array();
  }

  /**
   * The records that a payload carries, which they share and do not copy.
   *
   * @param payload one that {@link #matches}
   * @throws IOException when it is damaged
   */
  public static AggregatedRecord records(byte[] payload) throws IOException {
    int end = payload.length - DIGEST_BYTES;
    if (end < MAGIC.length) {
      throw new IOException("it is cut off");
    }
    ByteBuffer digest = ByteBuffer.wrap(payload, end, DIGEST_BYTES);
    ByteBuffer message = ByteBuffer.wrap(payload, MAGIC.length, end - MAGIC.length);
    if (!digest.equals(ByteBuffer.wrap(MD5.hashBytes(message.duplicate()).asBytes()))) {
      throw new IOException("its MD5 is another");
    }
    try {
      return AggregatedRecord.parseFrom(UnsafeByteOperations.unsafeWrap(message));
    } catch (InvalidProtocolBufferException broken) {
      throw new IOException(broken.getMessage(), broken);
    }
  }
}
