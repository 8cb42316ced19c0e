package routes.envelope;

import static com.google.protobuf.CodedOutputStream.computeByteArraySize;
import static com.google.protobuf.CodedOutputStream.computeStringSize;
import static com.google.protobuf.CodedOutputStream.computeUInt32SizeNoTag;

import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import software.amazon.kinesis.retrieval.kpl.Messages;
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
  private static final int NONE = -1;

  /** What it takes to name the first key of a table. */
  private static final int KEY_INDEX_BYTES = 2;

  @SuppressWarnings("deprecation") // The format's choice.
  private static final HashFunction MD5 = Hashing.md5();

  /** What stands around the message. */
  public static final int ENVELOPE_BYTES = MAGIC.length + DIGEST_BYTES;

  private AggregatedFormat() {}

  /** The payload of the Kinesis record that carries these, which have their keys in common. */
  public static byte[] payload(
      String partitionKey, @Nullable String explicitHashKey, List<byte[]> records) {
    int keys = explicitHashKey == null ? KEY_INDEX_BYTES : 2 * KEY_INDEX_BYTES;
    int message =
        computeStringSize(AggregatedRecord.PARTITION_KEY_TABLE_FIELD_NUMBER, partitionKey);
    if (explicitHashKey != null) {
      message +=
          computeStringSize(AggregatedRecord.EXPLICIT_HASH_KEY_TABLE_FIELD_NUMBER, explicitHashKey);
    }
    for (byte[] data : records) {
      int record = keys + computeByteArraySize(Messages.Record.DATA_FIELD_NUMBER, data);
      message += 1 + computeUInt32SizeNoTag(record) + record;
    }
    byte[] payload = new byte[ENVELOPE_BYTES + message];
    System.arraycopy(MAGIC, 0, payload, 0, MAGIC.length);
    try {
      write(
          partitionKey,
          explicitHashKey,
          records,
          keys,
          CodedOutputStream.newInstance(payload, MAGIC.length, message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    MD5.hashBytes(payload, MAGIC.length, message)
        .writeBytesTo(payload, MAGIC.length + message, DIGEST_BYTES);
    return payload;
  }

  /** As Protocol Buffers do, but without a builder for each record. */
  private static void write(
      String partitionKey,
      @Nullable String explicitHashKey,
      List<byte[]> records,
      int keys,
      CodedOutputStream out)
      throws IOException {
    out.writeString(AggregatedRecord.PARTITION_KEY_TABLE_FIELD_NUMBER, partitionKey);
    if (explicitHashKey != null) {
      out.writeString(AggregatedRecord.EXPLICIT_HASH_KEY_TABLE_FIELD_NUMBER, explicitHashKey);
    }
    for (byte[] data : records) {
      out.writeTag(AggregatedRecord.RECORDS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(keys + computeByteArraySize(Messages.Record.DATA_FIELD_NUMBER, data));
      out.writeUInt64(Messages.Record.PARTITION_KEY_INDEX_FIELD_NUMBER, 0);
      if (explicitHashKey != null) {
        out.writeUInt64(Messages.Record.EXPLICIT_HASH_KEY_INDEX_FIELD_NUMBER, 0);
      }
      out.writeByteArray(Messages.Record.DATA_FIELD_NUMBER, data);
    }
    out.checkNoSpaceLeft();
  }

  /** Whether the payload of a Kinesis record begins like an aggregated one. */
  static boolean matches(ByteSlice payload) {
    int from = payload.offset();
    int length = MAGIC.length;
    return payload.length() >= length
        && Arrays.equals(payload.array(), from, from + length, MAGIC, 0, length);
  }

  /**
   * The payloads in it, which share its bytes; none when one of them belongs to another shard. That
   * happens when a shard is split or merged while they are on their way, and the producer, which is
   * told where they went, then sends all of them again.
   *
   * <p>The message is read without making an object of each of its records, of which there may be
   * half a million in a mebibyte.
   *
   * @param payload one that {@link #matches}
   * @throws IOException when it is damaged
   */
  static List<ByteSlice> records(ByteSlice payload, KeyFilter keys) throws IOException {
    ByteSlice message = message(payload);
    KeyTable table = KeyTable.of(message, keys);
    List<ByteSlice> records = new ArrayList<>();
    CodedInputStream in = open(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != tag(AggregatedRecord.RECORDS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
        in.skipField(tag);
      } else if (!addRecord(in, message, table, records)) {
        return List.of();
      }
    }
    return records;
  }

  private static ByteSlice message(ByteSlice payload) throws IOException {
    int end = payload.length() - DIGEST_BYTES;
    if (end < MAGIC.length) {
      throw new IOException("it is cut off");
    }
    ByteSlice message = payload.slice(MAGIC.length, end);
    ByteSlice digest = payload.slice(end, payload.length());
    HashCode actual = MD5.hashBytes(message.array(), message.offset(), message.length());
    if (!digest.equals(ByteSlice.of(actual.asBytes()))) {
      throw new IOException("its MD5 is another");
    }
    return message;
  }

  /** Reads one record; answers whether it belongs to the shard. */
  private static boolean addRecord(
      CodedInputStream in, ByteSlice message, KeyTable table, List<ByteSlice> records)
      throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    long key = NONE;
    long hashKey = NONE;
    ByteSlice data = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == tag(Messages.Record.PARTITION_KEY_INDEX_FIELD_NUMBER, 0)) {
        key = in.readUInt64();
      } else if (tag == tag(Messages.Record.EXPLICIT_HASH_KEY_INDEX_FIELD_NUMBER, 0)) {
        hashKey = in.readUInt64();
      } else if (tag
          == tag(Messages.Record.DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
        data = bytes(in, message);
      } else {
        in.skipField(tag);
      }
    }
    in.popLimit(outer);
    if (data == null) {
      throw new IOException("a record has no data");
    }
    records.add(data);
    return table.takes(key, hashKey);
  }

  private static CodedInputStream open(ByteSlice message) {
    return CodedInputStream.newInstance(message.array(), message.offset(), message.length());
  }

  /** The bytes of the field that comes, which stay where they are. */
  private static ByteSlice bytes(CodedInputStream in, ByteSlice message) throws IOException {
    int length = in.readRawVarint32();
    int from = in.getTotalBytesRead();
    in.skipRawBytes(length);
    return message.slice(from, from + length);
  }

  private static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }

  /** The keys that the records of one message name by their index. */
  private record KeyTable(List<ByteSlice> keys, List<ByteSlice> hashKeys, KeyFilter filter) {

    static KeyTable of(ByteSlice message, KeyFilter filter) throws IOException {
      KeyTable table = new KeyTable(new ArrayList<>(), new ArrayList<>(), filter);
      CodedInputStream in = open(message);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == tag(AggregatedRecord.PARTITION_KEY_TABLE_FIELD_NUMBER, 2)) {
          table.keys.add(bytes(in, message));
        } else if (tag == tag(AggregatedRecord.EXPLICIT_HASH_KEY_TABLE_FIELD_NUMBER, 2)) {
          table.hashKeys.add(bytes(in, message));
        } else {
          in.skipField(tag);
        }
      }
      return table;
    }

    boolean takes(long key, long hashKey) throws IOException {
      try {
        String partitionKey = keyAt(keys, key);
        @Nullable String explicit = hashKey == NONE ? null : keyAt(hashKeys, hashKey);
        return filter.takes(partitionKey, explicit);
      } catch (IndexOutOfBoundsException | ArithmeticException | NumberFormatException wrong) {
        throw new IOException("a record names no key of its table: " + wrong.getMessage(), wrong);
      }
    }

    private static String keyAt(List<ByteSlice> table, long index) {
      return table.get(Math.toIntExact(index)).toString();
    }
  }
}
