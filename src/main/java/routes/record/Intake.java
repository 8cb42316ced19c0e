package routes.record;

import java.util.List;

/** What came in with one body: every element is in one of the lists, each list in order. */
public record Intake(List<LogRecord> accepted, List<RejectedRecord> rejected) {

  public Intake {
    accepted = List.copyOf(accepted);
    rejected = List.copyOf(rejected);
  }

  /** Without a look at any record: Camel hashes a body each time an expression looks into it. */
  @Override
  public int hashCode() {
    return 31 * accepted.size() + rejected.size();
  }
}
