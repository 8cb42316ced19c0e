package routes.dashboard.alerts;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.observe.StandstillLog;

/** Tells which alerts could not be told. Never down: records go their way all the same. */
public final class WebhookCheck extends AbstractHealthCheck {

  private final Webhook webhook;

  public WebhookCheck(Webhook webhook) {
    super("camel-app", "webhook");
    this.webhook = webhook;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
    webhook
        .failure()
        .ifPresent(failure -> result.message(failure).detail(StandstillLog.STANDSTILL, failure));
    result.up();
  }
}
