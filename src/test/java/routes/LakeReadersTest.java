package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The readers must see what is wrong with a lake, or their silence says nothing. */
class LakeReadersTest {

  private static final String HOUR = "/year=2026/month=11/day=20/hour=13/";
  private static final String RECORD =
      "{\"timestamp\":\"2026-11-20T13:00:00Z\",\"service\":\"web\",\"a\":%s}\n";

  @TempDir Path lake;

  @Test
  void records_of_any_shape_in_objects_of_any_kind_are_counted() throws IOException {
    object("service=web", "part-1.jsonl", (RECORD.formatted("1") + RECORD.formatted("{\"b\":[]}")));
    object("service=web", "part-2.jsonl", "");
    object("service=a%2Fb", "part-3.jsonl", RECORD.formatted("\"\\ud83d\\ude00 é\""));
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(RECORD.formatted("null").getBytes(UTF_8));
    }
    object("service=web", "part-4.jsonl.gz", gzip.toByteArray());
    byte[] zstd = Zstd.compress(RECORD.formatted("true").getBytes(UTF_8));
    object("service=web", "part-5.jsonl.zst", zstd);

    assertThatCode(() -> LakeReaders.assertReadable(lake, 5)).doesNotThrowAnyException();
    assertThatThrownBy(() -> LakeReaders.assertReadable(lake, 6))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void a_lake_of_nothing_but_copies_is_read() throws IOException {
    object("service=web", "part-1.jsonl", "");

    assertThatCode(() -> LakeReaders.assertReadable(lake, 0)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cut\":\"\\ud83d\"}\n", "{\"a\":1}", "{\"a\":1} {\"b\":2}\n", "{\"a\":NaN}\n", "[1]\n",
        "{\"a\":1}\n\n", "{\"a\":\"\u0001\"}\n", "{\"a\":1,\"a\":2}\n", "{a:1}\n", "{\"a\":01}\n",
      })
  void what_a_reader_could_choke_on_is_told(String content) throws IOException {
    object("service=web", "part-1.jsonl", content);

    assertThatThrownBy(() -> LakeReaders.assertReadable(lake, 1))
        .isInstanceOfAny(AssertionError.class, IOException.class);
  }

  @Test
  void bytes_that_are_no_utf_8_are_told() throws IOException {
    object(
        "service=web",
        "part-1.jsonl",
        new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}', '\n'});

    assertThatThrownBy(() -> LakeReaders.assertReadable(lake, 1)).isInstanceOf(IOException.class);
  }

  private void object(String service, String name, String content) throws IOException {
    object(service, name, content.getBytes(UTF_8));
  }

  private void object(String service, String name, byte[] content) throws IOException {
    Path folder = Files.createDirectories(lake.resolve(service + HOUR));
    Files.write(folder.resolve(name), content);
  }
}
