package routes.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.http.HttpProblem;
import routes.http.RecordError;
import routes.record.Intake;
import routes.record.RejectedRecord;

/** What is wrong with the records of a body is why its request is refused. */
public final class InvalidRecordsException extends HttpProblem {

  private static final long serialVersionUID = 1;

  private final transient List<RecordError> errors;
  private final transient Map<String, String> headers;
  private final transient @Nullable Intake keptOut;

  /** Nothing of the body is accepted. */
  public InvalidRecordsException(String message) {
    this(message, List.of());
  }

  /**
   * Nothing of the body is accepted.
   *
   * @param errors the first of the rejected records
   */
  public InvalidRecordsException(String message, List<RecordError> errors) {
    this(message, errors, Map.of(), null);
  }

  /**
   * Something was accepted, and the protocol has no words for that.
   *
   * @param headers in which the answer tells more
   */
  public InvalidRecordsException(String message, Map<String, String> headers) {
    this(message, List.of(), headers, null);
  }

  private InvalidRecordsException(
      String message,
      List<RecordError> errors,
      Map<String, String> headers,
      @Nullable Intake keptOut) {
    super(400, message);
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
    this.keptOut = keptOut;
  }

  /**
   * Nothing is accepted of a body that holds something valid too.
   *
   * @param errors the first of the rejected records
   */
  public static InvalidRecordsException keepingOut(
      Intake all, String message, List<RecordError> errors) {
    return new InvalidRecordsException(message, errors, Map.of(), all);
  }

  /**
   * Something was accepted, and the protocol has no words for that.
   *
   * @param records what they are called, such as {@code spans}
   */
  public static InvalidRecordsException partly(Intake intake, String records) {
    RejectedRecord first = intake.rejected().get(0);
    return new InvalidRecordsException(
        "%s %s were taken, %s were not, the first of them at %s: %s"
            .formatted(
                intake.accepted().size(),
                records,
                intake.rejectedCount(),
                first.index(),
                first.rejection().message()));
  }

  /** The records that all are kept out for the invalid ones among them. */
  Optional<Intake> keptOut() {
    return Optional.ofNullable(keptOut);
  }

  @Override
  public List<RecordError> errors() {
    return errors;
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }
}
