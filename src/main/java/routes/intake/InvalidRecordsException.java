package routes.intake;

import java.util.List;

/** Nothing of a body is accepted, because of what is wrong with its records. */
public final class InvalidRecordsException extends HttpProblem {

  private static final long serialVersionUID = 1;

  private final transient List<RecordError> errors;

  /**
   * @param errors the first of the rejected records
   */
  public InvalidRecordsException(String message, List<RecordError> errors) {
    super(400, message);
    this.errors = List.copyOf(errors);
  }

  @Override
  public List<RecordError> errors() {
    return errors;
  }
}
