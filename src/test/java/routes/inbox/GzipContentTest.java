package routes.inbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipContentTest {

  @TempDir Path folder;

  @Test
  void members_follow_one_another() throws IOException {
    try (Content content = content(gzip("one\n"), gzip(""), gzip("two\n"))) {
      assertThat(text(content.read(0, 100))).isEqualTo("one\ntwo\n");
      assertThat(content.read(8, 1)).isEmpty();
      assertThat(content.read(100, 1)).isEmpty();
    }
  }

  @Test
  void it_can_be_read_from_anywhere() throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    try (Content content = content(gzip(bytes))) {
      for (int from : new int[] {250_000, 250_000, 250_010, 249_999, 0, 299_990, 70_000}) {
        int to = Math.min(from + 1000, bytes.length);
        assertThat(content.read(from, 1000)).isEqualTo(Arrays.copyOfRange(bytes, from, to));
      }
    }
  }

  @Test
  void an_empty_file_has_no_content() throws IOException {
    try (Content content = content(new byte[0])) {
      assertThat(content.read(0, 100)).isEmpty();
    }
  }

  @Test
  void what_lies_before_a_damage_can_be_read() throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    byte[] whole = gzip(bytes);
    byte[] wrong = whole.clone();
    wrong[wrong.length - 8]++;

    try (Content cut = content(Arrays.copyOf(whole, 50_000))) {
      byte[] read = cut.read(0, bytes.length);
      assertThat(read).hasSizeBetween(40_000, 50_000).isEqualTo(Arrays.copyOf(bytes, read.length));
      assertThatThrownBy(() -> cut.read(read.length, 1)).isInstanceOf(EOFException.class);
      assertThat(cut.read(read.length - 5, 100)).hasSize(5);
    }
    try (Content damaged = content(wrong)) {
      assertThat(damaged.read(0, 200_000)).isEqualTo(bytes);
      assertThatThrownBy(() -> damaged.read(bytes.length, 1)).isInstanceOf(ZipException.class);
    }
    try (Content head = content(Arrays.copyOf(whole, 5))) {
      assertThatThrownBy(() -> head.read(0, 1)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void what_follows_the_members_is_told_and_no_content() throws IOException {
    byte[] a = gzip("one\n");
    byte[] b = "two\n".getBytes(US_ASCII);
    try (Content content = content(a, b)) {
      assertThat(text(content.read(0, 100))).isEqualTo("one\n");
      assertThat(content.read(4, 1)).isEmpty();
      assertThat(content.remainder()).isEqualTo(new Remainder(4, a.length, 4, false));
    }
    try (Content between = content(a, b, a)) {
      assertThat(text(between.read(0, 100))).isEqualTo("one\n");
      assertThat(between.read(4, 1)).isEmpty();
      assertThat(between.remainder()).isEqualTo(new Remainder(4, a.length, 4 + a.length, false));
    }
    try (Content whole = content(a, a)) {
      assertThat(text(whole.read(0, 100))).isEqualTo("one\none\n");
      assertThat(whole.read(8, 1)).isEmpty();
      assertThat(whole.remainder()).isNull();
    }
  }

  @Test
  void members_may_be_filled_up_with_nuls() throws IOException {
    byte[] a = gzip("one\n");
    try (Content content = content(a, new byte[500], a, new byte[70_000])) {
      assertThat(text(content.read(0, 100))).isEqualTo("one\none\n");
      assertThat(content.read(8, 1)).isEmpty();
      assertThat(content.remainder()).isEqualTo(new Remainder(8, 2 * a.length + 500, 70_000, true));
    }
  }

  @Test
  void a_member_cut_in_its_header_is_cut_off() throws IOException {
    byte[] a = gzip("one\n");
    for (int length = 1; length < a.length; length++) {
      try (Content content = content(a, Arrays.copyOf(a, length))) {
        assertThat(text(content.read(0, 4))).isEqualTo("one\n");
        assertThatThrownBy(() -> content.read(8, 1)).isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  void all_that_a_header_may_have_is_passed_over() throws IOException {
    byte[] plain = gzip("one\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 4 | 8 | 16, 0, 0, 0, 0, 0, 3});
    out.writeBytes(new byte[] {2, 0, 'x', 'y', 'n', 'a', 'm', 'e', 0, 'n', 'o', 't', 'e', 0});
    out.write(plain, 10, plain.length - 10);
    try (Content content = content(out.toByteArray(), plain)) {
      assertThat(text(content.read(0, 100))).isEqualTo("one\none\n");
      assertThat(content.read(8, 1)).isEmpty();
    }
  }

  private Content content(byte[]... members) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] member : members) {
      all.writeBytes(member);
    }
    return new GzipContent(
        FileChannel.open(Files.write(folder.resolve("x.gz"), all.toByteArray())));
  }

  private static byte[] gzip(String text) throws IOException {
    return gzip(text.getBytes(US_ASCII));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, US_ASCII);
  }
}
