package routes.shards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import routes.record.Reason;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.kinesis.retrieval.kpl.Messages;

class UnpackingTest {

  private static final BigInteger KEYS = BigInteger.TWO.pow(128);
  private static final HashRange ALL =
      new HashRange(BigInteger.ZERO, KEYS.subtract(BigInteger.ONE));
  private static final HashRange LOWER_HALF =
      new HashRange(BigInteger.ZERO, KEYS.shiftRight(1).subtract(BigInteger.ONE));
  private static final HashRange UPPER_HALF = new HashRange(KEYS.shiftRight(1), ALL.last());

  @Test
  void a_plain_record_is_one_payload() {
    assertThat(texts(Unpacking.of("{}".getBytes(UTF_8), ALL))).containsExactly("{}");
  }

  @Test
  void a_record_may_be_compressed_with_gzip() throws IOException {
    assertThat(texts(Unpacking.of(gzip("{}".getBytes(UTF_8)), ALL))).containsExactly("{}");
  }

  @Test
  void a_broken_gzip_is_rejected_with_the_bytes_as_they_came() throws IOException {
    byte[] whole = gzip("{}".getBytes(UTF_8));
    byte[] cut = Arrays.copyOf(whole, whole.length - 9);

    assertThat(Unpacking.of(cut, ALL))
        .singleElement()
        .satisfies(payload -> assertThat(reason(payload)).isEqualTo(Reason.NOT_JSON))
        .satisfies(payload -> assertThat(payload.bytes().toByteArray()).isEqualTo(cut));
  }

  @Test
  void a_bomb_is_rejected_as_too_large() throws IOException {
    byte[] bomb = gzip(new byte[Unpacking.MAX_BYTES + 1]);

    assertThat(Unpacking.of(bomb, ALL))
        .singleElement()
        .satisfies(payload -> assertThat(reason(payload)).isEqualTo(Reason.TOO_LARGE))
        .satisfies(payload -> assertThat(payload.bytes().toByteArray()).isEqualTo(bomb));
  }

  @Test
  void the_producer_library_s_gathered_records_are_taken_apart() throws IOException {
    byte[] gathered =
        aggregated(List.of("a", "b"), "one".getBytes(UTF_8), gzip("two".getBytes(UTF_8)));

    assertThat(texts(Unpacking.of(gathered, ALL))).containsExactly("one", "two");
  }

  @Test
  void bombs_gathered_in_one_record_count_together() throws IOException {
    byte[] most = gzip(new byte[Unpacking.MAX_BYTES - 2]);

    assertThat(
            Unpacking.of(
                aggregated(List.of("a"), most, gzip("end".getBytes(UTF_8)), "x".getBytes(UTF_8)),
                ALL))
        .extracting(payload -> payload.rejection() == null ? null : reason(payload))
        .containsExactly(null, Reason.TOO_LARGE, null);
  }

  @Test
  void a_gathered_record_that_went_to_another_shard_is_left_to_its_producer() {
    // MD5("a") begins with 0x0c, MD5("b") with 0x92.
    byte[] both = aggregated(List.of("a", "b"), "one".getBytes(UTF_8), "two".getBytes(UTF_8));
    byte[] lower = aggregated(List.of("a"), "one".getBytes(UTF_8), "two".getBytes(UTF_8));

    assertThat(Unpacking.of(both, LOWER_HALF)).isEmpty();
    assertThat(Unpacking.of(both, UPPER_HALF)).isEmpty();
    assertThat(texts(Unpacking.of(lower, LOWER_HALF))).containsExactly("one", "two");
    assertThat(Unpacking.of(lower, UPPER_HALF)).isEmpty();
  }

  @Test
  void an_explicit_hash_key_counts_in_place_of_the_partition_key() {
    byte[] upper =
        framed(
            Messages.AggregatedRecord.newBuilder()
                .addPartitionKeyTable("a")
                .addExplicitHashKeyTable(ALL.last().toString())
                .addRecords(
                    Messages.Record.newBuilder()
                        .setPartitionKeyIndex(0)
                        .setExplicitHashKeyIndex(0)
                        .setData(ByteString.copyFromUtf8("one")))
                .build()
                .toByteArray());

    assertThat(Unpacking.of(upper, LOWER_HALF)).isEmpty();
    assertThat(texts(Unpacking.of(upper, UPPER_HALF))).containsExactly("one");
  }

  @Test
  void a_damaged_gathered_record_is_rejected_whole_and_nothing_of_it_is_delivered() {
    byte[] whole = aggregated(List.of("a"), "one".getBytes(UTF_8), "two".getBytes(UTF_8));
    byte[] flipped = whole.clone();
    flipped[10] ^= 1;
    byte[] cut = Arrays.copyOf(whole, 12);
    byte[] keyless =
        framed(
            Messages.AggregatedRecord.newBuilder()
                .addPartitionKeyTable("a")
                .addRecords(record(0, "one".getBytes(UTF_8)))
                .addRecords(record(7, "two".getBytes(UTF_8)))
                .build()
                .toByteArray());

    for (byte[] damaged : List.of(flipped, cut, keyless)) {
      assertThat(Unpacking.of(damaged, ALL))
          .singleElement()
          .satisfies(payload -> assertThat(reason(payload)).isEqualTo(Reason.NOT_JSON))
          .satisfies(payload -> assertThat(payload.bytes().toByteArray()).isEqualTo(damaged));
    }
  }

  @Test
  void a_read_is_unpacked_in_parts_and_never_all_at_once() throws IOException {
    byte[] mebibytes = gzip(new byte[3 << 20]);
    List<Record> records =
        IntStream.range(0, 10)
            .mapToObj(
                number ->
                    Record.builder()
                        .sequenceNumber(Integer.toString(100 + number))
                        .approximateArrivalTimestamp(Instant.EPOCH)
                        .data(SdkBytes.fromByteArray(mebibytes))
                        .build())
            .toList();

    List<Integer> sizes = new ArrayList<>();
    List<String> sequenceNumbers = new ArrayList<>();
    ShardRead read = new ShardRead(records, ALL, 0, false);
    for (int from = 0; from < records.size(); from += sizes.get(sizes.size() - 1)) {
      List<ShardRecord> part = read.part(from);
      sizes.add(part.size());
      part.forEach(record -> sequenceNumbers.add(record.sequenceNumber()));
    }

    assertThat(sizes).containsExactly(3, 3, 3, 1);
    assertThat(sequenceNumbers)
        .containsExactlyElementsOf(records.stream().map(Record::sequenceNumber).toList());
  }

  private static @Nullable Reason reason(Payload payload) {
    return payload.rejection() == null ? null : payload.rejection().reason();
  }

  private static List<String> texts(List<Payload> payloads) {
    assertThat(payloads).allSatisfy(payload -> assertThat(payload.rejection()).isNull());
    return payloads.stream().map(payload -> payload.bytes().toString()).toList();
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
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    framed.writeBytes(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2});
    framed.writeBytes(message);
    framed.writeBytes(Hashing.md5().hashBytes(message).asBytes());
    return framed.toByteArray();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(plain);
    }
    return zipped.toByteArray();
  }
}
