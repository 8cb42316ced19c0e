package routes.deadletter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import routes.app.Part;
import routes.cloud.AwsClients;
import routes.cloud.ResourceSettings;
import routes.record.LogRecord;
import routes.record.RecordEditor;
import routes.record.RecordParsers;

/** What an operator does with dead letters, on the way that all records take to the stream. */
public final class DeadLetterPart implements Part {

  private final Runnable requireOpen;
  private final DeadLetterOffice office;
  private Optional<ProducerTemplate> routes = Optional.empty();

  /**
   * @param requireOpen throws while records are not taken
   */
  public DeadLetterPart(
      ResourceSettings resources,
      AwsClients aws,
      RecordParsers parsers,
      RecordEditor editor,
      Runnable requireOpen) {
    this.requireOpen = requireOpen;
    office =
        new DeadLetterOffice(
            new DeadLetterQueue(aws.sqs(), resources.deadLetterQueue()),
            new ClaimChecks(aws.s3(), resources.lake()),
            parsers,
            editor,
            this::publish,
            Clock.systemUTC());
  }

  public DeadLetterOffice office() {
    return office;
  }

  @Override
  public void started(CamelContext camel) {
    routes = Optional.of(camel.createProducerTemplate());
  }

  private void publish(List<LogRecord> records) {
    requireOpen.run();
    Exchange done =
        routes
            .orElseThrow()
            .request("direct:publish", exchange -> exchange.getMessage().setBody(records));
    if (done.getException() != null) {
      throw RuntimeCamelException.wrapRuntimeException(done.getException());
    }
  }

  @Override
  public void beforeStop() {
    routes.ifPresent(
        template -> {
          try {
            template.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
