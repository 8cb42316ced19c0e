package routes.deadletter;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import routes.record.ByteSlice;
import routes.record.Completion;
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
 * of the record. Thread-safe.
 */
final class Repair {

  private final RecordParsers parsers;
  private final RecordEditor editor;

  Repair(RecordParsers parsers, RecordEditor editor) {
    this.parsers = parsers;
    this.editor = editor;
  }

  /**
   * The record to be published, or what is still wrong.
   *
   * @param original the letter's bytes
   * @param now the time of the replay
   */
  ParseResult record(DeadLetter letter, ByteSlice original, Correction correction, Instant now) {
    return record(letter, letter.id(), original, correction, now);
  }

  /**
   * The same for one of several records in a letter.
   *
   * @param id what it is known by if it has no id
   */
  ParseResult record(
      DeadLetter letter, String id, ByteSlice original, Correction correction, Instant now) {
    Completion completion = new Completion(letter.service(), () -> id);
    RecordParser parser = parsers.of(letter.signal());
    ByteSlice bytes = original;
    ParseResult result = parser.parse(bytes, now, completion);
    if (correction.service() != null && isRejectedFor(Reason::isOfService, result)) {
      bytes = editor.withService(bytes, correction.service());
      result = parser.parse(bytes, now, completion);
    }
    if (correction.timestamp() != null && isRejectedFor(Reason::isOfTime, result)) {
      bytes = editor.withTimestamp(bytes, correction.timestamp());
      result = parser.parse(bytes, now, completion);
    }
    return result instanceof LogRecord
        ? parser.parse(editor.withReplayed(bytes, letter.attempts()), now, completion)
        : result;
  }

  /** Why a correction would make no record acceptable, or empty. */
  Optional<String> objection(Correction correction, Instant now) {
    ByteSlice record = ByteSlice.utf8("{\"timestamp\":\"" + now + "\"}");
    if (correction.timestamp() != null) {
      record = editor.withTimestamp(record, correction.timestamp());
    }
    String service = Objects.requireNonNullElse(correction.service(), "any");
    return parsers.of(Signal.LOGS).parse(record, now, new Completion(service, () -> "any"))
            instanceof Rejection rejection
        ? Optional.of(rejection.message())
        : Optional.empty();
  }

  private static boolean isRejectedFor(Predicate<Reason> reasons, ParseResult result) {
    return result instanceof Rejection rejection && reasons.test(rejection.reason());
  }
}
