package routes.intake;

import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import routes.deadletter.HttpSource;
import routes.deadletter.Undeliverable;
import routes.record.Intake;

/**
 * What of a request body is to become dead letters, where the operator wants that: its sender is
 * told of the rejected records anyway, but may not listen. Thread-safe.
 */
public final class RejectedRecords {

  /** Each is a message of its own; what holds more of them is no body of logs. */
  private static final int MOST = 10_000;

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
   * @param headers of the request
   * @param request tells it from every other request
   * @throws InvalidRecordsException when there are more than are ever kept
   */
  public List<Undeliverable> of(Intake intake, Map<String, Object> headers, String request) {
    if (!kept) {
      return List.of();
    }
    if (intake.rejected().size() > MOST) {
      throw new InvalidRecordsException(
          "%s records are not valid, and no more than %s of a request are kept; nothing of it was taken"
              .formatted(intake.rejected().size(), MOST),
          List.of());
    }
    Instant now = clock.instant();
    String path = Objects.requireNonNullElse(text(headers, "CamelHttpPath"), "");
    String remote = remote(headers.get("CamelVertxPlatformHttpRemoteAddress"));
    @Nullable String service =
        QueryParameters.of(text(headers, "CamelHttpQuery"))
            .service(text(headers, "X-Service"))
            .orElse(null);
    return intake.rejected().stream()
        .filter(record -> !record.bytes().isEmpty())
        .map(
            record ->
                new Undeliverable(
                        record.bytes(),
                        record.rejection(),
                        "ingest-http",
                        new HttpSource(remote, path, request, record.index()),
                        service,
                        null,
                        1,
                        now)
                    .of(record.signal()))
        .toList();
  }

  private static @Nullable String text(Map<String, Object> headers, String name) {
    Object value = headers.get(name);
    return value == null ? null : value.toString();
  }

  private static String remote(@Nullable Object address) {
    return address instanceof SocketAddress socket && socket.hostAddress() != null
        ? socket.hostAddress()
        : "";
  }
}
