package routes.signals;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.inbox.InboxStatus;

/**
 * Tells what in the inbox is not read, and why. Never down: records are taken over HTTP all the
 * same, and a new process that waits for the inbox of the one before must be able to replace it.
 */
public final class InboxCheck extends AbstractHealthCheck {

  private static final int MOST_NAMED = 20;

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
    tell(result, "failing.", status.failing());
    tell(result, "not-read.", status.passedOver());
    if (status.trouble() != null) {
      result.message(status.trouble());
    }
    result.up();
  }

  private static void tell(
      HealthCheckResultBuilder result, String prefix, Map<String, String> reasons) {
    reasons.entrySet().stream()
        .limit(MOST_NAMED)
        .forEach(file -> result.detail(prefix + file.getKey(), file.getValue()));
  }
}
