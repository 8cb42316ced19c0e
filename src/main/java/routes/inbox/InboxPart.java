package routes.inbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.cloud.CloudException;
import routes.record.RecordParsers;

/** Files as a source of records. */
public final class InboxPart implements Part {

  private final InboxComponent inbox;
  private final Optional<Path> folder;

  /**
   * @param folder that is to be there before any route; empty where no files are read
   */
  public InboxPart(RecordParsers parsers, Optional<Path> folder) {
    inbox = new InboxComponent(parsers);
    this.folder = folder;
  }

  public InboxStatus status() {
    return inbox.status();
  }

  /**
   * @throws CloudException when the folder cannot be written to
   */
  @Override
  public void bind(Main main) {
    if (folder.isPresent()) {
      create(folder.get());
    }
    main.bind("inbox", inbox);
  }

  private static void create(Path folder) {
    try {
      Inbox.create(folder);
    } catch (IOException refused) {
      throw new CloudException("INBOX_DIR: " + refused.getMessage(), refused);
    }
  }
}
