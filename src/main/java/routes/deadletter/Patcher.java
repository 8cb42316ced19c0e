package routes.deadletter;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import routes.json.ByteSlice;
import routes.record.Enrichment;
import routes.record.LogRecord;
import routes.record.ParseResult;
import routes.record.Reason;
import routes.record.RecordEditor;
import routes.record.RecordParser;
import routes.record.RecordParsers;
import routes.record.Rejection;
import routes.signal.Signal;

/**
 * Makes an acceptable record of a dead letter, if it can be: as it came, or with what was wrong set
 * right. A record that has no id gets that of its letter, so that copies of the letter are copies
 * of the record.
 */
@ThreadSafe
final class Patcher {

  private final RecordParsers parsers;
  private final RecordEditor editor;

  Patcher(RecordParsers parsers, RecordEditor editor) {
    this.parsers = parsers;
    this.editor = editor;
  }

  /**
   * The record to be published, or what is still wrong.
   *
   * @param original the letter's bytes
   * @param now the time of the replay
   */
  ParseResult record(DeadLetter letter, ByteSlice original, Patch patch, Instant now) {
    return record(letter, letter.id(), original, patch, now);
  }

  /**
   * The same for one of several records in a letter.
   *
   * @param id what it is known by if it has no id
   */
  ParseResult record(DeadLetter letter, String id, ByteSlice original, Patch patch, Instant now) {
    Enrichment enrichment = new Enrichment(letter.service(), () -> id);
    RecordParser parser = parsers.of(letter.signal());
    ByteSlice bytes = original;
    ParseResult result = parser.parse(bytes, now, enrichment);
    if (patch.service() != null && isRejectedFor(Reason::isOfService, result)) {
      bytes = editor.withService(bytes, patch.service());
      result = parser.parse(bytes, now, enrichment);
    }
    if (patch.timestamp() != null && isRejectedFor(Reason::isOfTime, result)) {
      bytes = editor.withTimestamp(bytes, patch.timestamp());
      result = parser.parse(bytes, now, enrichment);
    }
    return result instanceof LogRecord
        ? parser.parse(editor.withReplayed(bytes, letter.attempts()), now, enrichment)
        : result;
  }

  /** Why a patch would make no record acceptable, or empty. */
  Optional<String> objection(Patch patch, Instant now) {
    ByteSlice record = ByteSlice.utf8("{\"timestamp\":\"" + now + "\"}");
    if (patch.timestamp() != null) {
      record = editor.withTimestamp(record, patch.timestamp());
    }
    String service = Objects.requireNonNullElse(patch.service(), "any");
    return parsers.of(Signal.LOGS).parse(record, now, new Enrichment(service, () -> "any"))
            instanceof Rejection rejection
        ? Optional.of(rejection.message())
        : Optional.empty();
  }

  private static boolean isRejectedFor(Predicate<Reason> reasons, ParseResult result) {
    return result instanceof Rejection rejection && reasons.test(rejection.reason());
  }
}
