package routes.kinesis.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.cbor.CborReader;
import routes.json.ByteSlice;

/**
 * An answer of GetRecords in CBOR, as AWS gives it and its SDKs read it: times are milliseconds
 * since 1970, whatever CBOR says of such tags.
 */
final class CborAnswer {

  private static final byte[] RECORDS = key("Records");
  private static final byte[] NEXT = key("NextShardIterator");
  private static final byte[] BEHIND = key("MillisBehindLatest");
  private static final byte[] SEQUENCE_NUMBER = key("SequenceNumber");
  private static final byte[] ARRIVAL = key("ApproximateArrivalTimestamp");
  private static final byte[] DATA = key("Data");

  private final CborReader in;
  private List<KinesisRecord> records = List.of();
  private @Nullable String next;
  private long behindMillis;

  private CborAnswer(byte[] body) {
    in = new CborReader(body);
  }

  /**
   * Reads one. The records share its bytes.
   *
   * @throws CborReader.MalformedException when it is something else
   */
  static ReadAnswer read(byte[] body) {
    CborAnswer answer = new CborAnswer(body);
    answer.read();
    return new ReadAnswer(answer.records, answer.next, answer.behindMillis);
  }

  private void read() {
    for (long left = in.map(); in.hasNext(left); left--) {
      if (in.skipIf(RECORDS)) {
        records = records();
      } else if (in.skipIf(NEXT)) {
        next = in.text();
      } else if (in.skipIf(BEHIND)) {
        behindMillis = in.number();
      } else {
        in.skip();
        in.skip();
      }
    }
  }

  private List<KinesisRecord> records() {
    List<KinesisRecord> all = new ArrayList<>();
    for (long left = in.array(); in.hasNext(left); left--) {
      all.add(record());
    }
    return all;
  }

  private KinesisRecord record() {
    String sequenceNumber = null;
    ByteSlice data = null;
    long arrival = 0;
    for (long left = in.map(); in.hasNext(left); left--) {
      if (in.skipIf(SEQUENCE_NUMBER)) {
        sequenceNumber = in.text();
      } else if (in.skipIf(ARRIVAL)) {
        arrival = in.number();
      } else if (in.skipIf(DATA)) {
        data = in.bytes();
      } else {
        in.skip();
        in.skip();
      }
    }
    if (sequenceNumber == null || data == null) {
      throw new CborReader.MalformedException("A record without SequenceNumber or Data");
    }
    return new KinesisRecord(sequenceNumber, Instant.ofEpochMilli(arrival), data);
  }

  private static byte[] key(String name) {
    return name.getBytes(US_ASCII);
  }
}
