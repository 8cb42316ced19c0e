package routes.intake;

import java.util.List;
import routes.record.Intake;

/** Makes the bodies of the intake's answers. Thread-safe. */
public final class IntakeAnswers {

  /** Enough to see what is wrong; shippers log the whole answer. */
  private static final int MAX_ERRORS = 20;

  public IntakeAnswer of(Intake intake) {
    List<IntakeAnswer.RecordError> errors =
        intake.rejected().stream()
            .limit(MAX_ERRORS)
            .map(
                record ->
                    new IntakeAnswer.RecordError(
                        record.index(),
                        record.rejection().reason().code(),
                        record.rejection().message()))
            .toList();
    return new IntakeAnswer(intake.accepted().size(), intake.rejected().size(), errors);
  }

  /** The problem of a request of which nothing was accepted. */
  public Problem nothingAccepted(Intake intake) {
    if (intake.rejected().isEmpty()) {
      return problem(400, "The body holds no record");
    }
    return problem(
        400,
        "None of the records is valid; the first: "
            + intake.rejected().get(0).rejection().message());
  }

  public Problem problem(int status, String detail) {
    return new Problem(status, title(status), detail);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "No valid record";
      case 429 -> "Too much at once";
      case 503 -> "Not available now";
      default -> throw new IllegalArgumentException("No problem has status " + status);
    };
  }
}
