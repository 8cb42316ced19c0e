package routes.shards;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import routes.aggregation.AggregatedFormat;
import routes.record.ByteSlice;
import routes.record.Reason;
import routes.record.Rejection;

/** Finds the payloads in a Kinesis record: plain, compressed with gzip, gathered, or both. */
final class Unpacking {

  /** More than a Kinesis record of logs unpacks to, tenfold and more; a bomb stops here. */
  static final int MAX_BYTES = 16 << 20;

  private int bytesLeft = MAX_BYTES;

  private Unpacking() {}

  static List<Payload> of(byte[] data, HashRange shard) {
    return new Unpacking().payloads(data, shard);
  }

  private List<Payload> payloads(byte[] data, HashRange shard) {
    if (!AggregatedFormat.matches(data)) {
      return List.of(unpacked(ByteSlice.of(data)));
    }
    List<Payload> payloads = new ArrayList<>();
    try {
      for (ByteSlice gathered : AggregatedRecord.payloads(data, shard)) {
        payloads.add(unpacked(gathered));
      }
    } catch (IOException damaged) {
      return List.of(
          rejected(
              ByteSlice.of(data),
              Reason.NOT_JSON,
              "It begins like a KPL-aggregated record, but " + damaged.getMessage()));
    }
    return payloads;
  }

  private Payload unpacked(ByteSlice payload) {
    if (!isGzip(payload)) {
      return new Payload(payload, null);
    }
    try (GZIPInputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(payload.array(), payload.offset(), payload.length()))) {
      byte[] unpacked = in.readNBytes(bytesLeft);
      if (in.read() >= 0) {
        return rejected(
            payload,
            Reason.TOO_LARGE,
            "The Kinesis record unpacks to more than %s bytes".formatted(MAX_BYTES));
      }
      bytesLeft -= unpacked.length;
      return Payload.of(unpacked);
    } catch (IOException broken) {
      return rejected(payload, Reason.NOT_JSON, "Broken gzip: " + broken.getMessage());
    }
  }

  private static boolean isGzip(ByteSlice payload) {
    return payload.length() > 2 && payload.at(0) == 0x1f && payload.at(1) == (byte) 0x8b;
  }

  private static Payload rejected(ByteSlice bytes, Reason reason, String why) {
    return new Payload(bytes, new Rejection(reason, why));
  }
}
