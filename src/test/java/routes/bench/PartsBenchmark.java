package routes.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import routes.json.ByteSlice;
import routes.ledger.DuplicateWindow;
import routes.ledger.WindowMemory;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.ParseResult;
import routes.record.RecordLimits;
import routes.record.RecordParser;

/** What each part of delivery costs a line of about 375 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PartsBenchmark {

  private static final Instant ARRIVAL = Instant.parse("2026-11-20T13:30:00Z");
  private static final int LINES = 1_000;

  private final JsonFactory json = new JsonFactory();
  private final RecordParser parser =
      new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
  private final Deflater gzip = new Deflater(Deflater.BEST_SPEED, true);
  private byte[] line;
  private byte[] lines;
  private byte[] compressed;
  private DuplicateWindow window;
  private long id;

  @Setup(Level.Iteration)
  public void prepare() {
    line = LogLines.of(1).get(0);
    lines = LogLines.joined(LINES);
    compressed = new byte[2 * lines.length];
    window = new DuplicateWindow(60_000, new WindowMemory(16 << 20));
  }

  /** The ceiling of the next one: every token, looked at by nobody. */
  @Benchmark
  public int tokens() throws IOException {
    int tokens = 0;
    try (JsonParser tokenizer = json.createParser(line)) {
      while (tokenizer.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  @Benchmark
  public ParseResult parse() {
    return parser.parse(ByteSlice.of(line), ARRIVAL);
  }

  @Benchmark
  public boolean recognise() {
    id++;
    return window.isCopy("checkout", 498_000, "4bf92f3577b34da6a3ce929d0e0e" + id, id / 100);
  }

  /** A thousand lines. */
  @Benchmark
  public int gzip1() {
    gzip.reset();
    gzip.setInput(lines);
    gzip.finish();
    return gzip.deflate(compressed);
  }

  /** A thousand lines. */
  @Benchmark
  public long zstd1() {
    return Zstd.compressByteArray(compressed, 0, compressed.length, lines, 0, lines.length, 1);
  }
}
