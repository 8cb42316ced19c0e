package routes.bench;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import routes.format.Content;
import routes.format.Parquet;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;

/**
 * What one object in Parquet takes while it is encoded: CPU time, size, and the smallest heap, in
 * steps of 16 MB, in which it succeeds beside its lines.
 */
public final class EncodingBenchmark {

  private static final int MB = 1 << 20;
  private static final int STEP_MB = 16;
  private static final int CHUNK = MB;

  private EncodingBenchmark() {}

  /** Encodes an object of so many MB in this process, or one after the other in others. */
  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      encode(lines(Integer.parseInt(args[0])));
      return;
    }
    for (int megabytes : new int[] {16, 32, 64, 128}) {
      int heap = megabytes + STEP_MB;
      while (!succeeds(megabytes, heap)) {
        heap += STEP_MB;
      }
      System.out.printf("%d MB of lines: a heap of %d MB%n", megabytes, heap);
    }
  }

  private static boolean succeeds(int megabytes, int heap) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx" + heap + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EncodingBenchmark.class.getName(),
                Integer.toString(megabytes))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }

  private static void encode(Content lines) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Parquet parquet =
        new Parquet(
            new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
            Integer.MAX_VALUE);
    long before = threads.getCurrentThreadCpuTime();
    long size = parquet.encode(lines).length;
    double seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;
    System.out.printf(
        "  %.1f MB/s a core, cold; 1/%.1f of the lines%n",
        lines.bytes() / 1e6 / seconds, (double) lines.bytes() / size);
  }

  /** Log lines in arrays of about a megabyte, as reads leave them. */
  private static PackedLines lines(int megabytes) {
    PackedLines lines = new PackedLines();
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK);
    LogLines.stream(Integer.MAX_VALUE)
        .takeWhile(line -> lines.bytes() + chunk.size() < (long) megabytes * MB)
        .forEach(
            line -> {
              if (chunk.size() + line.length >= CHUNK) {
                lines.add(chunk.toByteArray());
                chunk.reset();
              }
              chunk.writeBytes(line);
              chunk.write('\n');
            });
    lines.add(chunk.toByteArray());
    return lines;
  }
}
