package routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.Main;
import routes.cloud.AwsClients;
import routes.deadletter.ClaimChecks;
import routes.deadletter.DeadLetterOffice;
import routes.deadletter.DeadLetterQueue;
import routes.intake.IntakeGate;
import routes.record.LogRecord;
import routes.settings.LakeSettings;

/** What an operator does with dead letters, on the way that all records take to the stream. */
final class DeadLetterWiring implements AutoCloseable {

  private final ProducerTemplate routes;
  private final IntakeGate gate;
  private final DeadLetterOffice office;

  /** To be called once Camel has started. */
  DeadLetterWiring(
      Main main, LakeSettings lake, RecordRules rules, AwsClients aws, IntakeGate gate) {
    this.routes = main.getCamelContext().createProducerTemplate();
    this.gate = gate;
    this.office =
        new DeadLetterOffice(
            new DeadLetterQueue(aws.sqs(), lake.deadLetterQueue()),
            new ClaimChecks(aws.s3(), lake.bucket()),
            rules.parser(),
            rules.editor(),
            this::publish,
            Clock.systemUTC());
  }

  DeadLetterOffice office() {
    return office;
  }

  private void publish(List<LogRecord> records) {
    gate.requireOpen();
    Exchange done =
        routes.request("direct:publish", exchange -> exchange.getMessage().setBody(records));
    if (done.getException() != null) {
      throw RuntimeCamelException.wrapRuntimeException(done.getException());
    }
  }

  @Override
  public void close() {
    try {
      routes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
