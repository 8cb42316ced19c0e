package routes.inbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import routes.files.DurableFiles;
import routes.json.ByteSlice;

/**
 * Whatever lies in a file is found again: in a record, in a dead letter, or in a file that stays
 * where it is and is named. Nothing is found twice.
 */
class NothingDisappearsTest {

  private static final String NAME = "app.jsonl";
  private static final byte[] NOTHING = {};
  private static final Pattern NOT_IN_FRONT =
      Pattern.compile("\\A\\x00*(\\xef\\xbb\\xbf)?[ \\t\\r]*");
  private static final Pattern NOT_AT_THE_END = Pattern.compile("[ \\t\\r]+\\z");

  /** A mark stands where texts were joined; what follows it is a record all the same. */
  private static final Pattern MARKED_RECORD =
      Pattern.compile("\\A\\xef\\xbb\\xbf(\\{\"timestamp\"[^{}]*\\}\\z)");

  private static final Pattern NULS_AT_THE_END = Pattern.compile("\\x00+\\z");

  /**
   * A file.
   *
   * @param content what it holds, decompressed
   * @param behind what follows its content and is none
   * @param sound whether it can be read to its end
   */
  private record Made(ByteSlice file, ByteSlice content, ByteSlice behind, boolean sound) {

    static Made of(byte[] file, byte[] content, byte[] behind, boolean sound) {
      return new Made(ByteSlice.of(file), ByteSlice.of(content), ByteSlice.of(behind), sound);
    }

    /** What is to be found, in order. */
    List<String> pieces() {
      List<String> pieces = new ArrayList<>();
      // NULs at the end are left: a writer may be about to fill them in.
      String lines = NULS_AT_THE_END.matcher(text(content.toByteArray())).replaceFirst("");
      for (String line : lines.split("\n", -1)) {
        String piece = NOT_IN_FRONT.matcher(line).replaceFirst("");
        piece = NOT_AT_THE_END.matcher(piece).replaceFirst("");
        pieces.add(MARKED_RECORD.matcher(piece).replaceFirst("$1"));
      }
      pieces.add(text(behind.toByteArray()));
      pieces.removeIf(String::isEmpty);
      return pieces;
    }

    boolean followed() {
      return !behind.isEmpty();
    }
  }

  @Property(tries = 300)
  void of_a_plain_file(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    byte[] bytes = anyBytes(random);
    assertFound(random, Made.of(bytes, bytes, NOTHING, FileForm.objection(bytes).isEmpty()));
  }

  @Property(tries = 300)
  void of_a_compressed_file(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    assertFound(random, compressed(random));
  }

  private static void assertFound(Random random, Made made) throws Exception {
    Path folder = Files.createTempDirectory("inbox");
    try (InboxUnderTest inbox = new InboxUnderTest(folder, WhenFinished.MOVE)) {
      write(random, made.file().toByteArray(), folder.resolve(NAME), inbox);
      inbox.pass(InboxUnderTest.FINISHED_AFTER);
      inbox.readWhatCanBeRead();
      inbox.restart();
      inbox.readWhatCanBeRead();
      inbox.pass(InboxUnderTest.FINISHED_AFTER);
      inbox.readWhatCanBeRead();

      boolean failing = inbox.status().failing().containsKey(NAME);
      assertThat(Files.exists(folder.resolve(NAME))).isEqualTo(failing);
      List<String> found = inbox.taken().stream().map(NothingDisappearsTest::text).toList();
      if (made.sound()) {
        assertThat(found).containsExactlyInAnyOrderElementsOf(made.pieces());
        assertThat(failing).isEqualTo(made.followed());
      } else {
        assertThat(failing).isTrue();
        assertThat(found)
            .containsExactlyInAnyOrderElementsOf(made.pieces().subList(0, found.size()));
        assertThat(folder.resolve(NAME)).hasBinaryContent(made.file().toByteArray());
      }
    } finally {
      DurableFiles.deleteTree(folder);
    }
  }

  /** As a writer does, some bytes at a time, that are read meanwhile, also after a restart. */
  private static void write(Random random, byte[] bytes, Path file, InboxUnderTest inbox)
      throws Exception {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      int at = 0;
      while (at < bytes.length) {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(bytes.length));
        out.write(ByteBuffer.wrap(bytes, at, length));
        at += length;
        inbox.pass(Duration.ofSeconds(1));
        switch (random.nextInt(3)) {
          case 0 -> inbox.readWhatCanBeRead();
          case 1 -> {
            inbox.readWhatCanBeRead();
            inbox.restart();
          }
          default -> {
            // the next bytes come before anybody looks
          }
        }
      }
    }
  }

  private static Made compressed(Random random) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int padding = 0;
    for (int members = 1 + random.nextInt(3); members > 0; members--) {
      byte[] bytes = random.nextInt(5) == 0 ? new byte[0] : anyBytes(random);
      content.writeBytes(bytes);
      file.writeBytes(gzip(bytes));
      padding = random.nextInt(4) == 0 ? random.nextInt(2000) : 0;
      file.writeBytes(new byte[padding]);
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] garbage = anyBytes(random);
        garbage[0] = (byte) ('a' + random.nextInt(26));
        byte[] behind = random.nextBoolean() ? garbage : append(garbage, gzip(garbage));
        // Members may be filled up before it, which is then a part of it.
        int end = file.size();
        file.writeBytes(behind);
        byte[] all = file.toByteArray();
        return Made.of(
            all, content.toByteArray(), Arrays.copyOfRange(all, end - padding, all.length), true);
      }
      case 1 -> {
        byte[] payload = anyBytes(random);
        byte[] member = gzip(payload);
        file.write(member, 0, 1 + random.nextInt(member.length - 1));
        return Made.of(file.toByteArray(), append(content.toByteArray(), payload), NOTHING, false);
      }
      case 2 -> {
        byte[] payload = anyBytes(random);
        byte[] member = gzip(payload);
        member[member.length - 1 - random.nextInt(8)] ^= 1;
        file.writeBytes(member);
        return Made.of(file.toByteArray(), append(content.toByteArray(), payload), NOTHING, false);
      }
      default -> {
        // nothing follows
      }
    }
    return Made.of(file.toByteArray(), content.toByteArray(), NOTHING, true);
  }

  private static byte[] anyBytes(Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int parts = 1 + random.nextInt(20); parts > 0; parts--) {
      switch (random.nextInt(10)) {
        case 0 -> bytes.writeBytes(new byte[1 + random.nextInt(5000)]);
        case 1 -> bytes.writeBytes(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
        case 2 -> bytes.write('\r');
        case 3 -> bytes.write('\n');
        case 4 -> {
          byte[] garbage = new byte[1 + random.nextInt(300)];
          random.nextBytes(garbage);
          bytes.writeBytes(garbage);
        }
        case 5 -> bytes.writeBytes("{\"cut\":".getBytes(US_ASCII));
        default -> {
          bytes.writeBytes(Lines.of(random.nextInt(1_000_000)).strip().getBytes(US_ASCII));
          bytes.writeBytes((random.nextBoolean() ? "\n" : "\r\n").getBytes(US_ASCII));
        }
      }
    }
    return bytes.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] append(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
