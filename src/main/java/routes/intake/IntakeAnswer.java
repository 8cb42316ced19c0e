package routes.intake;

import java.util.List;

/**
 * What became of the records of one request.
 *
 * @param errors the first of the rejected records
 */
public record IntakeAnswer(int accepted, int rejected, List<RecordError> errors) {

  /**
   * A rejected record.
   *
   * @param index its place in the body, from 0
   * @param reason a stable code
   * @param message a sentence: the value and what is allowed
   */
  public record RecordError(int index, String reason, String message) {}
}
