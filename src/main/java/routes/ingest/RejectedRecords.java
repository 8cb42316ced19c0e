package routes.ingest;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.deadletter.DeadLetter;
import routes.deadletter.Original;
import routes.deadletter.Source;
import routes.http.RequestHead;
import routes.record.Intake;

/**
 * What of a request body is to become dead letters, where the operator wants that: its sender is
 * told of the rejected records anyway, but may not listen.
 */
@ThreadSafe
public final class RejectedRecords {

  private final boolean kept;
  private final Clock clock;

  /**
   * @param kept false = nothing becomes a dead letter
   */
  public RejectedRecords(boolean kept) {
    this(kept, Clock.systemUTC());
  }

  RejectedRecords(boolean kept, Clock clock) {
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * The records to be kept.
   *
   * @param id tells the request from every other
   * @throws InvalidRecordsException when there are more than are ever kept
   */
  public List<DeadLetter> of(Intake intake, RequestHead request, String id) {
    if (!kept) {
      return List.of();
    }
    if (intake.rejectedCount() > Intake.MAX_KEPT) {
      throw new InvalidRecordsException(
          "%s records are not valid, and no more than %s of a request are kept; nothing of it was taken"
              .formatted(intake.rejectedCount(), Intake.MAX_KEPT));
    }
    Instant now = clock.instant();
    @Nullable String service = request.service().orElse(null);
    return intake.rejected().stream()
        .filter(record -> !record.bytes().isEmpty())
        .map(
            record ->
                DeadLetter.of(
                    new Original.InMemory(record.bytes()),
                    record.rejection(),
                    "ingest-http",
                    new Source.Http(request.remote(), request.path(), id, record.index()),
                    service,
                    now,
                    1,
                    record.signal()))
        .toList();
  }
}
