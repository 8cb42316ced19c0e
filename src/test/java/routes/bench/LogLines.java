package routes.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Log records as services write them, about 375 bytes each; the same ones every time. */
public final class LogLines {

  private static final int SERVICES = 20;

  private LogLines() {}

  public static List<byte[]> of(int count) {
    return stream(count).toList();
  }

  /** One after the other, for more than memory holds. */
  static Stream<byte[]> stream(int count) {
    return stream(count, SERVICES);
  }

  /** The same of so many services. */
  static Stream<byte[]> stream(int count, int services) {
    Random random = new Random(1);
    return Stream.generate(() -> line(random, services).getBytes(UTF_8)).limit(count);
  }

  /** Each with a newline behind it. */
  public static byte[] joined(int count) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (byte[] line : of(count)) {
      lines.writeBytes(line);
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private static String line(Random random, int services) {
    return """
        {"timestamp":"2026-11-20T13:%02d:%02d.%03dZ","service":"service-%02d","level":"%s","message":"Request %s of customer %d took %d ms at /api/v1/orders/%d/items, upstream answered %d","trace_id":"%s","source":"pod-%s","record_id":"%s","duration_ms":%d}"""
        .formatted(
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1000),
            random.nextInt(services),
            List.of("INFO", "WARN", "ERROR", "DEBUG").get(random.nextInt(4)),
            new UUID(random.nextLong(), random.nextLong()),
            random.nextInt(1_000_000),
            random.nextInt(5000),
            random.nextInt(1_000_000),
            200 + random.nextInt(300),
            Long.toHexString(random.nextLong()),
            Integer.toHexString(random.nextInt()),
            new UUID(random.nextLong(), random.nextLong()),
            random.nextInt(5000));
  }
}
