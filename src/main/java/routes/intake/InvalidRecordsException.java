package routes.intake;

import java.util.List;
import java.util.Map;

/** Nothing of a body is accepted, because of what is wrong with its records. */
public final class InvalidRecordsException extends HttpProblem {

  private static final long serialVersionUID = 1;

  private final transient List<RecordError> errors;
  private final transient Map<String, String> headers;

  /**
   * @param errors the first of the rejected records
   */
  public InvalidRecordsException(String message, List<RecordError> errors) {
    this(message, errors, Map.of());
  }

  /**
   * @param headers in which the answer tells more
   */
  public InvalidRecordsException(
      String message, List<RecordError> errors, Map<String, String> headers) {
    super(400, message);
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
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
