package routes.bench;

import java.io.ByteArrayOutputStream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.main.Main;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The same work with what Camel has for it: one exchange a record, collected by service and hour.
 * At least once at best: nothing remembers what is delivered.
 */
final class CamelPeer extends RouteBuilder {

  private CamelPeer() {}

  public static void main(String[] args) throws Exception {
    Main main = new Main();
    // The class path has the app's own properties.
    main.setDefaultPropertyPlaceholderLocation("false");
    main.configure().withJmxEnabled(false);
    main.bind("kinesis", KinesisClient.create());
    main.bind("s3", Peer.s3());
    main.configure().addRoutesBuilder(new CamelPeer());
    main.run();
  }

  @Override
  public void configure() {
    from("aws2-kinesis:"
            + Peer.STREAM
            + "?amazonKinesisClient=#kinesis&maxResultsPerRequest=10000&greedy=true&delay=200")
        .process(CamelPeer::choosePartition)
        .aggregate(header("partition"), new Lines())
        .completionSize(Peer.MAX_RECORDS)
        .completionTimeout(Peer.FLUSH_MILLIS)
        .process(CamelPeer::chooseKey)
        .to("aws2-s3:" + Peer.BUCKET + "?amazonS3Client=#s3");
  }

  private static void choosePartition(Exchange exchange) throws Exception {
    byte[] line = exchange.getMessage().getBody(byte[].class);
    exchange.getMessage().setHeader("partition", Peer.partition(line));
  }

  private static void chooseKey(Exchange exchange) {
    String partition = exchange.getMessage().getHeader("partition", String.class);
    byte[] lines = exchange.getMessage().getBody(ByteArrayOutputStream.class).toByteArray();
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(AWS2S3Constants.KEY, Peer.newKey(partition));
    exchange.getMessage().setBody(lines);
  }

  /** Appends each line to the first exchange of its group. */
  private static final class Lines implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange open, Exchange next) {
      byte[] line = next.getMessage().getBody(byte[].class);
      Exchange group = open == null ? next : open;
      if (open == null) {
        group.getMessage().setBody(new ByteArrayOutputStream());
      }
      ByteArrayOutputStream lines = (ByteArrayOutputStream) group.getMessage().getBody();
      lines.writeBytes(line);
      lines.write('\n');
      return group;
    }
  }
}
