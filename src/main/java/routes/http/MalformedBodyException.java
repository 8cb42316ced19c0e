package routes.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** The body is not what its {@code Content-Encoding}, its type or its path says it is. */
public final class MalformedBodyException extends HttpProblem {

  private static final long serialVersionUID = 1;

  public MalformedBodyException(String message) {
    super(400, message);
  }

  /**
   * Says what is wrong with a body of JSON, and where.
   *
   * @param expected what it should have been
   */
  public static MalformedBodyException notJson(String expected, JsonProcessingException fault) {
    JsonLocation at = fault.getLocation();
    String place =
        at == null ? "" : " (line %s, column %s)".formatted(at.getLineNr(), at.getColumnNr());
    return new MalformedBodyException(
        "The body is no %s: %s%s".formatted(expected, fault.getOriginalMessage(), place));
  }
}
