package routes.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import routes.partition.PartitionValue;
import routes.record.ByteSlice;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.Reason;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.record.Rejection;
import routes.shards.Payload;
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
  void an_index_counts_on_through_all_payloads_of_a_kinesis_record() {
    Payload broken =
        new Payload(ByteSlice.utf8("zipped"), new Rejection(Reason.NOT_JSON, "Broken gzip"));

    assertThat(read(payload(ONE + "\n" + TWO), payload(" "), broken, payload("bad\n" + ONE)))
        .containsExactly("0 " + ONE, "1 " + TWO, "2 rejected zipped", "3 rejected bad", "4 " + ONE);
  }

  private List<String> read(byte[] payload) {
    return read(Payload.of(payload));
  }

  private List<String> read(Payload... several) {
    List<String> found = new ArrayList<>();
    payloads.read(
        new ShardRecord("1", NOON, List.of(several)),
        (index, bytes, result) ->
            found.add(
                index
                    + (result instanceof LogRecord record
                        ? " " + record.line()
                        : " rejected " + bytes)));
    return found;
  }

  private static Payload payload(String text) {
    return Payload.of(text.getBytes(UTF_8));
  }
}
