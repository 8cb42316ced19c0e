package routes.ingest;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * The {@code ingest_id} of records that are the same whenever they are sent: a digest of all they
 * hold, so that what is sent again after a lost answer is recognised. What one request holds twice
 * was meant twice, and has two. Not thread-safe.
 */
final class ContentIds {

  private final Map<String, Integer> seen = new HashMap<>();

  String of(byte[] record) {
    long[] hash = MurmurHash3.hash128x64(record, 0, record.length, 0);
    byte[] digest = ByteBuffer.allocate(2 * Long.BYTES).putLong(hash[0]).putLong(hash[1]).array();
    String id = HexFormat.of().formatHex(digest);
    int times = seen.merge(id, 1, Integer::sum);
    return times == 1 ? id : id + "-" + times;
  }
}
