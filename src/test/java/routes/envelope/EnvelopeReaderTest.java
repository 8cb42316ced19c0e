package routes.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.json.ByteSlice;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.Reason;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.record.Rejection;
import software.amazon.kinesis.retrieval.kpl.Messages;

class EnvelopeReaderTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String ONE = "{\"service\":\"a\",\"timestamp\":\"2026-11-20T11:00:00Z\"}";
  private static final String TWO = "{\"service\":\"b\",\"timestamp\":\"2026-11-20T11:00:01Z\"}";
  private static final KeyFilter ALL = (key, hashKey) -> true;

  private final EnvelopeReader reader =
      new EnvelopeReader(
          new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection));

  @Test
  void a_record_may_hold_several_each_with_its_index() {
    assertThat(read(bytes(ONE + "\n" + TWO))).containsExactly("0 " + ONE, "1 " + TWO);
    assertThat(read(bytes("[" + ONE + "," + TWO + "]"))).containsExactly("0 " + ONE, "1 " + TWO);
  }

  @Test
  void a_bad_record_among_good_ones_keeps_its_index() {
    assertThat(read(bytes(ONE + "\nbad\n" + TWO)))
        .containsExactly("0 " + ONE, "1 rejected bad", "2 " + TWO);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void a_record_may_be_compressed(Compression compression) {
    assertThat(read(Packed.with(compression, bytes(ONE + "\n" + TWO))))
        .containsExactly("0 " + ONE, "1 " + TWO);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void a_line_may_begin_in_one_member_and_end_in_the_next(Compression compression) {
    byte[] text = bytes(ONE + "\n" + TWO);
    byte[] members =
        Packed.joined(
            Packed.with(compression, Arrays.copyOf(text, 20)),
            Packed.with(compression, new byte[0]),
            Packed.with(compression, Arrays.copyOfRange(text, 20, text.length)));

    assertThat(read(members)).containsExactly("0 " + ONE, "1 " + TWO);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void what_follows_the_last_member_is_found_too(Compression compression) {
    byte[] one = Packed.with(compression, bytes(ONE));

    assertThat(read(Packed.joined(one, bytes(TWO)))).containsExactly("0 " + ONE, "1 " + TWO);
    assertThat(read(Packed.joined(one, bytes("garbage"))))
        .containsExactly("0 " + ONE, "1 rejected garbage");
    assertThat(read(Packed.joined(one, new byte[3])))
        .containsExactly("0 " + ONE, "1 rejected \0\0\0");
    for (Compression other : Compression.values()) {
      assertThat(read(Packed.joined(one, Packed.with(other, bytes("\n" + TWO)))))
          .containsExactly("0 " + ONE, "1 " + TWO);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "ZSTD"})
  void a_member_that_is_cut_off_anywhere_is_rejected_with_its_bytes(Compression compression) {
    byte[] one = Packed.with(compression, bytes(ONE + "\n"));
    byte[] two = Packed.with(compression, bytes(TWO));
    for (int length = 4; length < two.length; length++) {
      byte[] cut = Arrays.copyOf(two, length);

      List<Found> found = found(Packed.joined(one, cut));

      assertThat(found).hasSize(2);
      assertThat(found.get(0).bytes()).isEqualTo(ByteSlice.utf8(ONE));
      assertThat(found.get(1).bytes()).isEqualTo(ByteSlice.of(cut));
      assertThat(found.get(1).reason()).isEqualTo(Reason.NOT_JSON);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void nothing_of_a_damaged_member_is_taken_for_good(Compression compression) {
    byte[] whole = Packed.with(compression, bytes(ONE + "\n" + TWO));
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;

      List<Found> found = found(damaged);

      assertThat(found).isNotEmpty();
      if (found.stream().anyMatch(element -> element.reason() == null)) {
        assertThat(found)
            .extracting(element -> element.bytes().toString())
            .containsExactly(ONE, TWO);
      }
    }
  }

  @Test
  void text_that_begins_like_zlib_is_text() {
    assertThat(read(bytes("x^2 + y^2\n" + ONE)))
        .containsExactly("0 rejected x^2 + y^2", "1 " + ONE);
  }

  @Test
  void the_optional_parts_of_a_gzip_header_are_passed_over() {
    byte[] plain = Packed.with(Compression.GZIP, bytes(ONE));
    byte[] header = Arrays.copyOf(plain, 10);
    header[3] = 4 | 8 | 16 | 2;
    byte[] optional = {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 'c', 0, 1, 2};

    byte[] full = Packed.joined(header, optional, Arrays.copyOfRange(plain, 10, plain.length));

    assertThat(read(full)).containsExactly("0 " + ONE);
    for (int length = 10; length < 22; length++) {
      assertThat(found(Arrays.copyOf(full, length)))
          .extracting(Found::reason)
          .containsExactly(Reason.NOT_JSON);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void a_bomb_is_rejected_as_too_large(Compression compression) {
    byte[] bomb = Packed.with(compression, spaces(EnvelopeReader.MAX_BYTES + 1));
    byte[] most = Packed.with(compression, spaces(EnvelopeReader.MAX_BYTES));

    assertThat(found(bomb))
        .singleElement()
        .isEqualTo(new Found(0, ByteSlice.of(bomb), Reason.TOO_LARGE));
    assertThat(found(most)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void members_count_together_and_those_before_a_bomb_are_taken(Compression compression) {
    byte[] half =
        Packed.with(compression, bytes(ONE + " ".repeat(EnvelopeReader.MAX_BYTES * 2 / 3) + "\n"));

    assertThat(found(Packed.joined(half, half)))
        .containsExactly(
            new Found(0, ByteSlice.utf8(ONE), null),
            new Found(1, ByteSlice.of(half), Reason.TOO_LARGE));
  }

  @Test
  void the_producer_library_s_gathered_records_are_taken_apart() {
    byte[] gathered =
        aggregated(
            List.of("a", "b"), bytes(ONE), Packed.with(Compression.GZIP, bytes(TWO)), bytes("x"));

    assertThat(read(gathered)).containsExactly("0 " + ONE, "1 " + TWO, "2 rejected x");
  }

  @Test
  void bombs_gathered_in_one_record_count_together() {
    byte[] most = Packed.with(Compression.GZIP, spaces(EnvelopeReader.MAX_BYTES - 2));

    assertThat(
            found(
                aggregated(
                    List.of("a"), most, Packed.with(Compression.GZIP, bytes(ONE)), bytes(TWO))))
        .extracting(Found::reason)
        .containsExactly(Reason.TOO_LARGE, null);
  }

  @Test
  void a_gathered_record_that_went_to_another_shard_is_left_to_its_producer()
      throws InterruptedException {
    byte[] both = aggregated(List.of("a", "b"), bytes(ONE), bytes(TWO));

    assertThat(found(both, (key, hashKey) -> key.equals("a"))).isEmpty();
    assertThat(found(both, (key, hashKey) -> key.equals("b"))).isEmpty();
    assertThat(found(both, (key, hashKey) -> hashKey == null)).hasSize(2);
  }

  @Test
  void an_explicit_hash_key_counts_in_place_of_the_partition_key() throws InterruptedException {
    byte[] upper =
        framed(
            Messages.AggregatedRecord.newBuilder()
                .addPartitionKeyTable("a")
                .addExplicitHashKeyTable("7")
                .addRecords(
                    Messages.Record.newBuilder()
                        .setPartitionKeyIndex(0)
                        .setExplicitHashKeyIndex(0)
                        .setData(ByteString.copyFromUtf8(ONE)))
                .build()
                .toByteArray());

    assertThat(found(upper, (key, hashKey) -> "7".equals(hashKey))).hasSize(1);
    assertThat(found(upper, (key, hashKey) -> "8".equals(hashKey))).isEmpty();
  }

  @Test
  void a_damaged_gathered_record_is_rejected_whole_and_nothing_of_it_is_delivered() {
    byte[] whole = aggregated(List.of("a"), bytes(ONE), bytes(TWO));
    byte[] flipped = whole.clone();
    flipped[10] ^= 1;
    byte[] keyless =
        framed(
            Messages.AggregatedRecord.newBuilder()
                .addPartitionKeyTable("a")
                .addRecords(record(0, bytes(ONE)))
                .addRecords(record(7, bytes(TWO)))
                .build()
                .toByteArray());
    byte[] message = Arrays.copyOfRange(whole, 4, whole.length - 16);
    byte[] cutMessage = framed(Arrays.copyOf(message, message.length - 5));

    for (byte[] damaged :
        List.of(
            flipped,
            Arrays.copyOf(whole, 4),
            Arrays.copyOf(whole, 12),
            Packed.joined(whole, bytes("x")),
            keyless,
            cutMessage)) {
      assertThat(found(damaged))
          .singleElement()
          .isEqualTo(new Found(0, ByteSlice.of(damaged), Reason.NOT_JSON));
    }
  }

  private record Found(int index, ByteSlice bytes, @Nullable Reason reason) {

    @Override
    public String toString() {
      return index + (reason == null ? " " : " rejected ") + bytes;
    }
  }

  private List<String> read(byte[] data) {
    return found(data).stream().map(Found::toString).toList();
  }

  private List<Found> found(byte[] data) {
    try {
      return found(data, ALL);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<Found> found(byte[] data, KeyFilter keys) throws InterruptedException {
    List<Found> found = new ArrayList<>();
    reader.read(
        ByteSlice.of(data),
        NOON,
        keys,
        (index, bytes, result) ->
            found.add(
                new Found(
                    index,
                    result instanceof LogRecord log ? log.line() : bytes,
                    result instanceof Rejection rejection ? rejection.reason() : null)));
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] spaces(int length) {
    byte[] spaces = new byte[length];
    Arrays.fill(spaces, (byte) ' ');
    return spaces;
  }

  /** The records get the keys in turn. */
  private static byte[] aggregated(List<String> keys, byte[]... records) {
    Messages.AggregatedRecord.Builder message =
        Messages.AggregatedRecord.newBuilder().addAllPartitionKeyTable(keys);
    for (int i = 0; i < records.length; i++) {
      message.addRecords(record(i % keys.size(), records[i]));
    }
    return framed(message.build().toByteArray());
  }

  private static Messages.Record record(int key, byte[] data) {
    return Messages.Record.newBuilder()
        .setPartitionKeyIndex(key)
        .setData(ByteString.copyFrom(data))
        .build();
  }

  @SuppressWarnings("deprecation") // The format's choice.
  private static byte[] framed(byte[] message) {
    byte[] magic = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
    return Packed.joined(magic, message, Hashing.md5().hashBytes(message).asBytes());
  }
}
