package routes.inbox;

import java.util.List;
import routes.deadletter.DeadLetter;
import routes.record.LogRecord;

/**
 * Some consecutive lines of a file: every line that is not blank is in one of the lists.
 *
 * @param accepted the records, in order
 * @param undeliverable the lines that are none, in order
 * @param end where the line after the last one begins
 * @param lines how many lines are before that, from the start of the file
 */
public record LineBatch(
    List<LogRecord> accepted, List<DeadLetter> undeliverable, long end, long lines) {

  public LineBatch {
    accepted = List.copyOf(accepted);
    undeliverable = List.copyOf(undeliverable);
  }

  /** Without a look at any line: Camel hashes a body each time an expression looks into it. */
  @Override
  public int hashCode() {
    return Long.hashCode(end);
  }

  boolean isBlank() {
    return accepted.isEmpty() && undeliverable.isEmpty();
  }
}
