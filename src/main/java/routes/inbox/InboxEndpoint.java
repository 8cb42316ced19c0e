package routes.inbox;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Reads the JSON Lines files of one folder, growing ones and complete ones. An exchange carries
 * some lines, sorted into records and others, as a {@link LineBatch}; when it ends without an
 * exception they are never read again. Consumers only.
 */
@UriEndpoint(
    scheme = "inbox",
    title = "Inbox",
    syntax = "inbox:name",
    firstVersion = "0.2.0",
    consumerOnly = true)
public final class InboxEndpoint extends DefaultEndpoint {

  @UriPath(description = "Any name, by which the endpoint is told from others")
  @Metadata(required = true)
  private final String name;

  @UriParam
  @Metadata(required = true)
  private String folder = "";

  @UriParam private String include = "*";
  @UriParam private long finishedAfter = 5_000;
  @UriParam private WhenFinished whenFinished = WhenFinished.MOVE;
  @UriParam private long pollInterval = 500;

  InboxEndpoint(String uri, InboxComponent component, String name) {
    super(uri, component);
    this.name = name;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    InboxConsumer consumer = new InboxConsumer(this, processor, (InboxComponent) getComponent());
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("inbox only reads; write files into " + folder);
  }

  @Override
  public boolean isSingletonProducer() {
    return false;
  }

  InboxSettings settings() {
    return new InboxSettings(
        Path.of(folder), include, Duration.ofMillis(finishedAfter), whenFinished);
  }

  public String getName() {
    return name;
  }

  public String getFolder() {
    return folder;
  }

  /** The folder with the files; a parameter, as a URI's path would not keep every name as it is. */
  public void setFolder(String folder) {
    this.folder = folder;
  }

  public String getInclude() {
    return include;
  }

  /** Which names are read, as a glob pattern; renamed files are read on whatever their name. */
  public void setInclude(String include) {
    this.include = include;
  }

  public long getFinishedAfter() {
    return finishedAfter;
  }

  /** Milliseconds that a file must be unchanged to count as complete. */
  public void setFinishedAfter(long finishedAfter) {
    this.finishedAfter = finishedAfter;
  }

  public WhenFinished getWhenFinished() {
    return whenFinished;
  }

  /** What becomes of a file that is complete and published. */
  public void setWhenFinished(WhenFinished whenFinished) {
    this.whenFinished = whenFinished;
  }

  public long getPollInterval() {
    return pollInterval;
  }

  /** Milliseconds between two looks at the folder while there is nothing to read. */
  public void setPollInterval(long pollInterval) {
    this.pollInterval = pollInterval;
  }
}
