package routes.observe;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.inbox.InboxStatus;

/**
 * Tells what in the inbox is not read, and why. Never down: records are taken over HTTP all the
 * same, and a new process that waits for the inbox of the one before must be able to replace it.
 */
public final class InboxCheck extends AbstractHealthCheck {

  private static final int MAX_NAMED = 20;

  private final Supplier<InboxStatus> inbox;

  public InboxCheck(Supplier<InboxStatus> inbox) {
    super("camel-app", "inbox");
    this.inbox = inbox;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
    InboxStatus status = inbox.get();
    result.detail("files", status.files()).detail("unread.bytes", status.unreadBytes());
    String message =
        Stream.of(
                Stream.ofNullable(status.trouble()),
                named(status.failing()),
                named(status.passedOver()))
            .flatMap(texts -> texts)
            .limit(MAX_NAMED)
            .collect(joining("; "));
    if (!message.isEmpty()) {
      result.message(message);
    }
    Stream.concat(Stream.ofNullable(status.trouble()), named(status.failing()))
        .findFirst()
        .ifPresent(reason -> result.detail(StandstillLog.STANDSTILL, reason));
    result.up();
  }

  private static Stream<String> named(Map<String, String> reasons) {
    return reasons.entrySet().stream().map(file -> file.getKey() + ": " + file.getValue());
  }
}
