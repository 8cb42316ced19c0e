package routes.kinesis.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import routes.cbor.CborReader.MalformedException;
import routes.json.ByteSlice;

/** Answers as other servers may write them, and broken ones. */
class CborAnswerTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** {@code {_ "Records": [_ {_ "Data": (_ h'01', h'0203'), "SequenceNumber": (_ "4", "9")}]}}. */
  private static final String IN_CHUNKS =
      "bf 675265636f726473 9f bf 6444617461 5f 4101 420203 ff"
          + " 6e53657175656e63654e756d626572 7f 6134 6139 ff ff ff ff";

  @Test
  void fields_nobody_asked_for_are_passed_over() throws Exception {
    ReadAnswer answer = CborAnswer.read(answer());

    assertThat(answer)
        .isEqualTo(
            new ReadAnswer(
                List.of(new KinesisRecord("49", NOON, ByteSlice.of(new byte[] {1, 2, 3}))),
                "next",
                70_000));
  }

  @Test
  void strings_maps_and_arrays_without_a_length() {
    byte[] chunked = HexFormat.of().parseHex(IN_CHUNKS.replace(" ", ""));

    assertThat(CborAnswer.read(chunked).records())
        .containsExactly(
            new KinesisRecord("49", Instant.EPOCH, ByteSlice.of(new byte[] {1, 2, 3})));
  }

  @Test
  void an_answer_that_is_cut_off_anywhere_is_no_answer() throws Exception {
    byte[] whole = answer();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> CborAnswer.read(cut)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void what_is_no_answer_is_refused() {
    for (String odd : new String[] {"00", "80", "ff", "1c", "5f", "a1 675265636f726473 6161"}) {
      byte[] bytes = HexFormat.of().parseHex(odd.replace(" ", ""));
      assertThatThrownBy(() -> CborAnswer.read(bytes))
          .as(odd)
          .isInstanceOf(MalformedException.class);
    }
    byte[] deep = new byte[1_000];
    Arrays.fill(deep, (byte) 0x81);
    deep[0] = (byte) 0xA1;
    deep[1] = 0x60;
    assertThatThrownBy(() -> CborAnswer.read(deep)).isInstanceOf(MalformedException.class);
  }

  private static byte[] answer() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator out = new CBORFactory().createGenerator(bytes)) {
      out.writeStartObject();
      out.writeArrayFieldStart("ChildShards");
      out.writeStartObject(null, 2);
      out.writeNumberField("Half", 0.5);
      out.writeNullField("None");
      out.writeEndObject();
      out.writeEndArray();
      out.writeNumberField("MillisBehindLatest", 70_000);
      out.writeStringField("NextShardIterator", "next");
      out.writeArrayFieldStart("Records");
      out.writeStartObject();
      out.writeStringField("PartitionKey", "ключ");
      out.writeStringField("SequenceNumber", "49");
      out.writeBinaryField("Data", new byte[] {1, 2, 3});
      out.writeFieldName("ApproximateArrivalTimestamp");
      out.writeTag(1);
      out.writeNumber(NOON.toEpochMilli());
      out.writeNumberField("Offset", -1);
      out.writeBooleanField("Encrypted", false);
      out.writeEndObject();
      out.writeEndArray();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
