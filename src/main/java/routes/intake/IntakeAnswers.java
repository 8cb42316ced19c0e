package routes.intake;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.publish.PublishException;
import routes.record.Intake;

/** Makes the bodies of the intake's answers. Thread-safe. */
public final class IntakeAnswers {

  /** Enough to see what is wrong; shippers log the whole answer. */
  private static final int MAX_ERRORS = 20;

  /** What was taken and what was not. */
  public IntakeAnswer of(Intake intake) {
    return new IntakeAnswer(intake.accepted().size(), intake.rejected().size(), errors(intake));
  }

  /**
   * Returns when there is something to publish.
   *
   * @param strict {@code "true"} when all records must be valid, or none is accepted
   * @throws InvalidRecordsException when there is not
   */
  public void requireAcceptable(Intake intake, @Nullable String strict) {
    int rejected = intake.rejected().size();
    if (rejected == 0 && intake.accepted().isEmpty()) {
      throw new InvalidRecordsException("The body holds no record", List.of());
    }
    if (intake.accepted().isEmpty()) {
      throw new InvalidRecordsException("None of the records is valid", errors(intake));
    }
    if (rejected > 0 && Boolean.parseBoolean(strict)) {
      throw new InvalidRecordsException(
          "%d of %d records are not valid, and with strict=true none is accepted"
              .formatted(rejected, rejected + intake.accepted().size()),
          errors(intake));
    }
  }

  /** The problem that a request ran into. What was not foreseen is not told to the client. */
  public Problem problem(int status, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidRecordsException invalid) {
        return problem(status, invalid.getMessage(), invalid.errors());
      }
      if (cause instanceof RefusedRequestException || cause instanceof PublishException) {
        return problem(status, cause.getMessage());
      }
    }
    return problem(status, "Something failed here; send the request again later");
  }

  /**
   * @param detail null = nothing more is known than the status
   */
  static Problem problem(int status, @Nullable String detail) {
    return problem(status, detail, List.of());
  }

  private static Problem problem(int status, @Nullable String detail, List<RecordError> errors) {
    String title = HttpResponseStatus.valueOf(status).reasonPhrase();
    return new Problem(status, title, detail == null ? title : detail, errors);
  }

  private static List<RecordError> errors(Intake intake) {
    return intake.rejected().stream()
        .limit(MAX_ERRORS)
        .map(
            record ->
                new RecordError(
                    record.index(),
                    record.rejection().reason().code(),
                    record.rejection().message()))
        .toList();
  }
}
