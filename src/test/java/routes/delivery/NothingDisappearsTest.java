package routes.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import routes.deadletter.DeadLetter;
import routes.deadletter.Original;
import routes.kinesis.read.KinesisRecord;
import routes.kinesis.read.Reads;
import routes.ledger.Checkpoint;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import software.amazon.kinesis.retrieval.kpl.Messages;

/**
 * Puts Kinesis records together of pieces in every envelope, garbage between them and cut anywhere,
 * and finds each piece again: its lines in an object or a dead letter, each once, or its bytes as
 * they came in dead letters.
 */
class NothingDisappearsTest {

  private static final Instant ARRIVAL = Instant.parse("2026-11-20T12:00:00Z");
  private static final ShardId SHARD = new ShardId("logs", ARRIVAL, "shardId-000000000000");
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** What stands between elements and is part of none. */
  private static final Pattern SEPARATORS =
      Pattern.compile("(\u00ef\u00bb\u00bf|[ \\t\\r\\n\\[\\],])+");

  private static final int PLAIN = 3;

  private final Partitioner partitioner = new Partitioner(Lakes.unbounded());

  /**
   * What a Kinesis record is put together of.
   *
   * @param raw as it lies there
   * @param contents what marks each of the lines in it; none if it must be found as it lies there
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Piece(byte[] raw, List<String> contents) {}

  /** The longest: what ends a member of gzip. */
  private static final int CHECKSUM = 8;

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void every_piece_is_found_again(@ForAll long seed) {
    Random random = new Random(seed);
    int number = 0;
    List<KinesisRecord> read = new ArrayList<>();
    List<List<Piece>> sent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<Piece> pieces = new ArrayList<>();
      for (int left = 1 + random.nextInt(4); left > 0; left--) {
        pieces.add(piece(random, 1_000_000 + 1_000 * number++));
      }
      sent.add(pieces);
      read.add(
          Reads.record(Integer.toString(100 + i), ARRIVAL, data(pieces, random.nextInt(4) == 0)));
    }

    Found found = found(read, 1 + random.nextInt(20));

    sent.forEach(pieces -> pieces.forEach(piece -> assertFound(piece, found)));
    assertThat(found.lines()).doesNotHaveDuplicates();
  }

  private static void assertFound(Piece piece, Found found) {
    List<String> texts = Stream.concat(found.lines().stream(), found.letters().stream()).toList();
    String all =
        SEPARATORS
            .matcher(String.join("", found.letters()) + "\n" + String.join("\n", found.lines()))
            .replaceAll("");
    boolean asItCame =
        SEPARATORS
            .splitAsStream(new String(piece.raw(), ISO_8859_1))
            .allMatch(bytes -> all.contains(bytes));
    if (!asItCame) {
      assertThat(piece.contents())
          .as("of %s in %s", Arrays.toString(piece.raw()), found)
          .isNotEmpty();
    }
    for (String content : piece.contents()) {
      if (!asItCame || all.contains(content)) {
        assertThat(texts.stream().filter(text -> text.contains(content)).count())
            .as("%s in %s", content, found)
            .isEqualTo(1);
      }
    }
  }

  private record Found(List<String> lines, List<String> letters) {}

  /** What the parts of delivery make of it; bytes as Latin-1. */
  private Found found(List<KinesisRecord> read, int maxRecords) {
    RecordParser parser =
        new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
    ShardLedger ledger = new ShardLedger(Checkpoint.NONE);
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    for (Reads.Part part : new Reads(parser, maxRecords).parts(read)) {
      Grouping sorted =
          partitioner.partition(
              part.of(SHARD, ledger, new DuplicateWindow(60_000, new WindowMemory(1 << 16))));
      for (DeadLetter rejected : sorted.rejected()) {
        found.letters().add(text(rejected));
      }
      for (Batch batch : sorted.batches()) {
        found.lines().addAll(text(batch).lines().toList());
      }
      partitioner.setAside(sorted);
      part.taken(ledger);
    }
    return found;
  }

  private static String text(Batch batch) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    try {
      batch.writeTo(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines.toString(ISO_8859_1);
  }

  private static String text(DeadLetter rejected) {
    try (InputStream in = ((Original) rejected.content()).open()) {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Piece piece(Random random, int number) {
    if (random.nextInt(8) == 0) {
      byte[] any = new byte[1 + random.nextInt(60)];
      random.nextBytes(any);
      return new Piece(any, List.of());
    }
    List<String> contents = new ArrayList<>();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    if (random.nextInt(6) == 0) {
      plain.writeBytes(BYTE_ORDER_MARK);
    }
    int lines = random.nextInt(8) == 0 ? 60 : 1 + random.nextInt(4);
    for (int line = 0; line < lines; line++) {
      String mark = "m" + (number + line) + "m";
      contents.add(mark);
      plain.writeBytes(line(random, mark));
      plain.write('\n');
    }
    int how = random.nextInt(5);
    byte[] packed = packed(how, plain.toByteArray());
    if (random.nextInt(6) > 0) {
      return new Piece(packed, contents);
    }
    // Not within its checksum, which the first bytes of what follows might make whole again.
    int most = how < PLAIN ? packed.length - CHECKSUM : packed.length;
    byte[] cut = Arrays.copyOf(packed, random.nextInt(most));
    String left = new String(cut, ISO_8859_1);
    return new Piece(
        cut, how < PLAIN ? List.of() : contents.stream().filter(left::contains).toList());
  }

  private static byte[] line(Random random, String mark) {
    String good = "{\"service\":\"a\",\"timestamp\":\"2026-11-20T11:00:00Z\",\"m\":\"%s\"}";
    String text =
        switch (random.nextInt(9)) {
          case 0 -> "garbage " + mark;
          case 6 -> events(mark);
          case 1 -> "{\"service\":\"a\",\"m\":\"%s\"}".formatted(mark);
          case 2 -> "\0\0\0" + mark + "\0";
          case 3 -> "{\"cut\":\"" + mark;
          case 4 -> "\u00ff" + mark + "x\u009c";
          case 5 -> "[" + good.formatted(mark) + "]";
          default -> good.formatted(mark);
        };
    return text.getBytes(ISO_8859_1);
  }

  /** What a subscription of CloudWatch Logs sends. */
  private static String events(String mark) {
    String events =
        "{'messageType':'DATA_MESSAGE','owner':'1','logGroup':'a','logStream':'s',"
            + "'subscriptionFilters':[],'logEvents':["
            + "{'id':'%s','timestamp':1795168800000,'message':'x'}]}";
    return events.formatted(mark).replace('\'', '"');
  }

  private static byte[] packed(int how, byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (how) {
          case 0 -> new GZIPOutputStream(packed);
          case 1 -> new DeflaterOutputStream(packed);
          case 2 -> new ZstdOutputStream(packed).setChecksum(true);
          default -> packed;
        }) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  @SuppressWarnings("deprecation") // The format's choice.
  private static byte[] data(List<Piece> pieces, boolean gathered) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    if (!gathered) {
      pieces.forEach(piece -> data.writeBytes(piece.raw()));
      return data.toByteArray();
    }
    Messages.AggregatedRecord.Builder message =
        Messages.AggregatedRecord.newBuilder().addPartitionKeyTable("key");
    pieces.forEach(
        piece ->
            message
                .addRecordsBuilder()
                .setPartitionKeyIndex(0)
                .setData(ByteString.copyFrom(piece.raw())));
    byte[] body = message.build().toByteArray();
    data.writeBytes(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2});
    data.writeBytes(body);
    data.writeBytes(Hashing.md5().hashBytes(body).asBytes());
    return data.toByteArray();
  }
}
