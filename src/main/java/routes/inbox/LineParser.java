package routes.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import routes.deadletter.DeadLetter;
import routes.deadletter.Original;
import routes.deadletter.Source;
import routes.json.ByteSlice;
import routes.record.Enrichment;
import routes.record.LogRecord;
import routes.record.ParseResult;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.RecordParsers;
import routes.record.Rejection;
import routes.signal.Signal;

/** Sorts the records among the lines of files from what is none. */
final class LineParser {

  private static final String STAGE = "ingest-files";
  private static final int ID_BYTES = 16;

  /** A file of data points or spans says so before the end of its name. */
  private static final Pattern SIGNAL =
      Pattern.compile(".*\\.(metrics|traces)\\.(jsonl|ndjson)(\\.gz)?");

  private final RecordParsers parsers;
  private final InstantSource clock;

  LineParser(RecordParsers parsers, InstantSource clock) {
    this.parsers = parsers;
    this.clock = clock;
  }

  /**
   * Sorts consecutive lines.
   *
   * @param name what people call the file
   * @param from where the first line begins
   * @param content where dead letters read lines again that were too long to be held
   */
  LineBatch parse(List<RawLine> lines, String name, FileOffset from, Content content) {
    RecordParser parser = parsers.of(signal(name));
    Instant arrival = clock.instant();
    List<LogRecord> accepted = new ArrayList<>();
    List<DeadLetter> undeliverable = new ArrayList<>();
    String since = Instant.ofEpochMilli(from.since()).toString();
    long number = from.lines();
    for (RawLine line : lines) {
      if (line.hole()) {
        continue;
      }
      Source.File source = new Source.File(name, since, line.offset(), ++number);
      ByteSlice held = line.bytes();
      if (held == null) {
        Original bytes =
            new Original.Elsewhere(
                line.length(), () -> new ContentStream(content, line.offset(), line.length()));
        undeliverable.add(
            undeliverable(bytes, tooLong(line, parser), source, arrival, parser.signal()));
        continue;
      }
      // Files that were put together have such a mark wherever one of them begins.
      ByteSlice text = held.withoutByteOrderMark().trim();
      if (text.isEmpty()) {
        continue;
      }
      Enrichment enrichment = new Enrichment(null, () -> id(from, line.offset(), text));
      ParseResult result = parser.parse(text, arrival, enrichment);
      if (result instanceof LogRecord record) {
        accepted.add(record);
      } else if (result instanceof Rejection rejection) {
        undeliverable.add(
            undeliverable(
                new Original.InMemory(text), rejection, source, arrival, parser.signal()));
      }
    }
    return new LineBatch(accepted, undeliverable, lines.get(lines.size() - 1).end(), number);
  }

  /**
   * What lies behind the content of a file as one dead letter.
   *
   * @param from the end of the content
   * @param bytes the raw bytes of the file
   */
  LineBatch parse(Remainder remainder, String name, FileOffset from, Content bytes) {
    String since = Instant.ofEpochMilli(from.since()).toString();
    Source.File source = new Source.File(name, since, remainder.contentEnd(), from.lines() + 1);
    Original original =
        new Original.Elsewhere(
            remainder.length(),
            () -> new ContentStream(bytes, remainder.offset(), remainder.length()));
    Rejection rejection =
        new Rejection(
            Reason.NOT_JSON, "From byte %s on the file is no gzip".formatted(remainder.offset()));
    return new LineBatch(
        List.of(),
        List.of(undeliverable(original, rejection, source, clock.instant(), Signal.LOGS)),
        remainder.contentEnd(),
        from.lines());
  }

  private static Signal signal(String name) {
    Matcher told = SIGNAL.matcher(name);
    return told.matches() ? Signal.of(told.group(1)).orElseThrow() : Signal.LOGS;
  }

  /**
   * The id of a line's record: the same however often the line is read, and another for every other
   * line. Half a SHA-256 in hexadecimal.
   */
  private static String id(FileOffset file, long offset, ByteSlice line) {
    byte[] origin = file.origin().getBytes(UTF_8);
    // The length in front, so that no two lines are hashed from the same bytes.
    byte[] hash =
        Hashing.sha256()
            .newHasher()
            .putInt(origin.length)
            .putBytes(origin)
            .putLong(file.since())
            .putLong(offset)
            .putBytes(line.array(), line.offset(), line.length())
            .hash()
            .asBytes();
    return HexFormat.of().formatHex(hash, 0, ID_BYTES);
  }

  private static Rejection tooLong(RawLine line, RecordParser parser) {
    return new Rejection(
        Reason.TOO_LARGE,
        "The line takes %s bytes, of at most %s".formatted(line.length(), parser.maxBytes()));
  }

  private static DeadLetter undeliverable(
      Original bytes, Rejection rejection, Source.File source, Instant at, Signal signal) {
    return DeadLetter.of(bytes, rejection, STAGE, source, null, at, 1, signal);
  }
}
