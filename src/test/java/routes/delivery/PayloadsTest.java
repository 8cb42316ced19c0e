package routes.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.shards.ShardRecord;

class PayloadsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String ONE = "{\"service\":\"a\",\"timestamp\":\"2026-11-20T11:00:00Z\"}";
  private static final String TWO = "{\"service\":\"b\",\"timestamp\":\"2026-11-20T11:00:01Z\"}";

  private final Payloads payloads =
      new Payloads(
          new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection));

  @Test
  void a_payload_may_hold_several_records_each_with_its_index() {
    assertThat(read((ONE + "\n" + TWO).getBytes(UTF_8))).containsExactly("0 " + ONE, "1 " + TWO);
    assertThat(read(("[" + ONE + "," + TWO + "]").getBytes(UTF_8)))
        .containsExactly("0 " + ONE, "1 " + TWO);
  }

  @Test
  void a_bad_record_among_good_ones_keeps_its_index() {
    assertThat(read((ONE + "\nbad\n" + TWO).getBytes(UTF_8)))
        .containsExactly("0 " + ONE, "1 rejected bad", "2 " + TWO);
  }

  @Test
  void a_payload_may_be_compressed_with_gzip() throws IOException {
    assertThat(read(gzip(ONE + "\n" + TWO))).containsExactly("0 " + ONE, "1 " + TWO);
  }

  @Test
  void a_broken_gzip_is_rejected_as_a_whole() throws IOException {
    byte[] whole = gzip(ONE);
    byte[] cut = Arrays.copyOf(whole, whole.length - 9);

    assertThat(read(cut)).singleElement().asString().startsWith("0 rejected ");
  }

  private List<String> read(byte[] payload) {
    List<String> found = new ArrayList<>();
    payloads.read(
        new ShardRecord("1", "key", NOON, payload),
        (index, bytes, result) ->
            found.add(
                index
                    + (result instanceof LogRecord record
                        ? " " + record.line()
                        : " rejected " + bytes)));
    return found;
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text.getBytes(UTF_8));
    }
    return zipped.toByteArray();
  }
}
