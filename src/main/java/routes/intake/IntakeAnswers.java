package routes.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import routes.record.Intake;
import routes.record.RejectedRecord;

/** Judges what came with a body and tells the client, where no protocol says how. Thread-safe. */
public final class IntakeAnswers {

  /** Enough to see what is wrong; shippers log the whole answer. */
  private static final int MAX_ERRORS = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was taken and what was not.
   *
   * @throws InvalidRecordsException when nothing was taken
   */
  public Reply of(Intake intake) {
    if (intake.accepted().isEmpty()) {
      throw new InvalidRecordsException("None of the records is valid", errors(intake));
    }
    IntakeAnswer answer =
        new IntakeAnswer(intake.accepted().size(), intake.rejectedCount(), errors(intake));
    try {
      return new Reply(200, "application/json", JSON.writeValueAsBytes(answer));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("Numbers and texts are always JSON", impossible);
    }
  }

  /** Whether invalid records keep the valid ones out. */
  public boolean keepsAllOut(Intake intake, RequestHead request) {
    return !intake.rejected().isEmpty() && isStrict(request);
  }

  /**
   * Returns when a body holds records, and as many valid ones as its sender wants: with {@code
   * strict=true} in the query all of them must be valid, or none is accepted.
   *
   * @throws InvalidRecordsException when it does not
   */
  public void requireAcceptable(Intake intake, RequestHead request) {
    int rejected = intake.rejectedCount();
    if (rejected == 0 && intake.accepted().isEmpty()) {
      throw new InvalidRecordsException("The body holds no record", List.of());
    }
    if (keepsAllOut(intake, request)) {
      throw new InvalidRecordsException(
          "%s of %s records are not valid, and with strict=true none is accepted"
              .formatted(rejected, rejected + intake.accepted().size()),
          errors(intake));
    }
  }

  private static boolean isStrict(RequestHead request) {
    return request.query().first("strict").filter(Boolean::parseBoolean).isPresent();
  }

  private static List<RecordError> errors(Intake intake) {
    return intake.rejected().stream().limit(MAX_ERRORS).map(IntakeAnswers::error).toList();
  }

  private static RecordError error(RejectedRecord record) {
    return new RecordError(
        record.index(), record.rejection().reason().code(), record.rejection().message());
  }
}
