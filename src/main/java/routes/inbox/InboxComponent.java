package routes.inbox;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import routes.record.RecordParsers;

/** Makes {@code inbox:<name>?folder=<folder>} endpoints. */
@Component("inbox")
public final class InboxComponent extends DefaultComponent {

  private final RecordParsers parsers;
  private volatile InboxStatus latest = InboxStatus.UNKNOWN;

  public InboxComponent(RecordParsers parsers) {
    this.parsers = parsers;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    InboxEndpoint endpoint = new InboxEndpoint(uri, this, name);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** How the inbox was when it was last looked through. */
  public InboxStatus status() {
    return latest;
  }

  void show(InboxStatus now) {
    latest = now;
  }

  RecordParsers parsers() {
    return parsers;
  }
}
