package routes.inbox;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import routes.record.RecordParser;

/** Makes {@code inbox:<name>?folder=<folder>} endpoints. */
public final class InboxComponent extends DefaultComponent {

  private final RecordParser parser;
  private volatile InboxStatus latest = InboxStatus.UNKNOWN;

  public InboxComponent(RecordParser parser) {
    this.parser = parser;
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

  RecordParser parser() {
    return parser;
  }
}
