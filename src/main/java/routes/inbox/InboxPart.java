package routes.inbox;

import org.apache.camel.main.Main;
import routes.app.Part;
import routes.record.RecordParser;

/** Files as a source of records. */
public final class InboxPart implements Part {

  private final InboxComponent inbox;

  public InboxPart(RecordParser parser) {
    inbox = new InboxComponent(parser);
  }

  public InboxStatus status() {
    return inbox.status();
  }

  @Override
  public void bind(Main main) {
    main.bind("inbox", inbox);
  }
}
