package routes.dashboard.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import routes.envelope.Preview;
import routes.json.ByteSlice;
import routes.record.LevelReader;
import routes.signal.Level;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * A record of a stream.
 *
 * @param bytes how long it is on the stream
 * @param form {@code text}, the name of a compression for text that was compressed, or {@code
 *     base64} for what is no UTF-8
 * @param level null where it says none
 * @param data in that form, at most some ten thousand bytes of it
 * @param cut whether there is more of it
 */
record RecordView(
    String sequenceNumber,
    String partitionKey,
    Instant arrived,
    int bytes,
    String form,
    @Nullable Level level,
    String data,
    boolean cut) {

  private static final int SHOWN_BYTES = 64 * 1024;

  static RecordView of(Record record, LevelReader levels) {
    byte[] data = record.data().asByteArrayUnsafe();
    Preview preview = Preview.of(ByteSlice.of(data), SHOWN_BYTES + 1);
    ByteSlice bytes = preview.bytes();
    boolean cut = bytes.length() > SHOWN_BYTES;
    String text = text(cut ? bytes.slice(0, SHOWN_BYTES) : bytes, cut);
    boolean isText = !text.isEmpty() || bytes.isEmpty();
    return new RecordView(
        record.sequenceNumber(),
        record.partitionKey(),
        record.approximateArrivalTimestamp(),
        data.length,
        isText ? preview.form() : "base64",
        isText ? levels.read(bytes).orElse(null) : null,
        isText ? text : base64(data),
        isText ? cut : data.length > SHOWN_BYTES);
  }

  /** Empty when it is no UTF-8; of what was cut, the last character may be in pieces. */
  private static String text(ByteSlice bytes, boolean cut) {
    for (int lost = 0; lost <= (cut ? 3 : 0); lost++) {
      try {
        return UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length() - lost))
            .toString();
      } catch (CharacterCodingException e) {
        // Perhaps a character before.
      }
    }
    return "";
  }

  private static String base64(byte[] data) {
    int shown = Math.min(data.length, SHOWN_BYTES);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(data, shown));
  }
}
