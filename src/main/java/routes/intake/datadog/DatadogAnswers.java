package routes.intake.datadog;

import java.util.List;
import routes.intake.InvalidRecordsException;
import routes.intake.Reply;
import routes.record.Intake;
import routes.record.RejectedRecord;

/** Tells Datadog's clients that all their logs were taken. Thread-safe. */
public final class DatadogAnswers {

  /**
   * Success, when nothing was rejected. Datadog has no partial success and its clients do not send
   * again what is answered with 400, so the acceptable logs of such a request are taken as well.
   *
   * @throws InvalidRecordsException when a log is not acceptable
   */
  public Reply of(Intake intake) {
    if (!intake.rejected().isEmpty()) {
      RejectedRecord first = intake.rejected().get(0);
      throw new InvalidRecordsException(
          "%s logs were taken, %s were not, the first of them at %s: %s"
              .formatted(
                  intake.accepted().size(),
                  intake.rejectedCount(),
                  first.index(),
                  first.rejection().message()),
          List.of());
    }
    return Reply.json(202, "{}");
  }
}
