package routes.deadletter;

import static routes.record.Reason.BAD_SERVICE;
import static routes.record.Reason.BAD_TIMESTAMP;
import static routes.record.Reason.BEFORE_1970;
import static routes.record.Reason.NO_SERVICE;
import static routes.record.Reason.NO_TIMESTAMP;
import static routes.record.Reason.TOO_FAR_IN_FUTURE;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import routes.record.ByteSlice;
import routes.record.Completion;
import routes.record.LogRecord;
import routes.record.ParseResult;
import routes.record.Reason;
import routes.record.RecordEditor;
import routes.record.RecordParser;
import routes.record.Rejection;

/**
 * Makes an acceptable record of a dead letter, if it can be: as it came, or with what was wrong set
 * right. A record that has no id gets that of its letter, so that copies of the letter are copies
 * of the record. Thread-safe.
 */
final class Repair {

  private static final Set<Reason> OF_SERVICE = EnumSet.of(NO_SERVICE, BAD_SERVICE);
  private static final Set<Reason> OF_TIME =
      EnumSet.of(NO_TIMESTAMP, BAD_TIMESTAMP, BEFORE_1970, TOO_FAR_IN_FUTURE);

  private final RecordParser parser;
  private final RecordEditor editor;

  Repair(RecordParser parser, RecordEditor editor) {
    this.parser = parser;
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
    ByteSlice bytes = original;
    ParseResult result = parser.parse(bytes, now, completion);
    if (correction.service() != null && isRejectedFor(OF_SERVICE, result)) {
      bytes = editor.withService(bytes, correction.service());
      result = parser.parse(bytes, now, completion);
    }
    if (correction.timestamp() != null && isRejectedFor(OF_TIME, result)) {
      bytes = editor.withTimestamp(bytes, correction.timestamp());
      result = parser.parse(bytes, now, completion);
    }
    return result instanceof LogRecord
        ? parser.parse(editor.withReplayed(bytes, letter.attempts()), now, completion)
        : result;
  }

  /** Why a correction would make no record acceptable, or empty. */
  Optional<String> objection(Correction correction, Instant now) {
    ByteSlice record = ByteSlice.utf8("{\"timestamp\":0}");
    if (correction.timestamp() != null) {
      record = editor.withTimestamp(record, correction.timestamp());
    }
    String service = Objects.requireNonNullElse(correction.service(), "any");
    return parser.parse(record, now, new Completion(service, () -> "any"))
            instanceof Rejection rejection
        ? Optional.of(rejection.message())
        : Optional.empty();
  }

  private static boolean isRejectedFor(Set<Reason> reasons, ParseResult result) {
    return result instanceof Rejection rejection && reasons.contains(rejection.reason());
  }
}
