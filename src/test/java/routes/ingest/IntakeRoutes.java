package routes.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import routes.deadletter.DeadLetter;
import routes.http.BodyMemory;
import routes.http.HttpExchanges;
import routes.http.Problems;
import routes.http.RequestBodies;
import routes.http.RouteHold;
import routes.json.ByteSlice;
import routes.kinesis.publish.KeyedRecordsComponent;
import routes.kinesis.publish.PartitionKeys;
import routes.kinesis.publish.PublishOverloadedException;
import routes.kinesis.publish.PublishTuning;
import routes.observe.IntakeCounts;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.signal.Signal;
import routes.signal.Signals;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** The routes of intake without their HTTP server, in front of a stream that tests hold in hand. */
final class IntakeRoutes implements AutoCloseable {

  static final int MAX_BYTES = 1 << 20;
  static final int MAX_MEMORY = 16 * MAX_BYTES;

  private static final List<String> FILES =
      List.of(
          "errors",
          "ingest",
          "ingest-http",
          "ingest-otlp",
          "ingest-otlp-grpc",
          "ingest-remote-write",
          "ingest-zipkin",
          "ingest-hec",
          "ingest-datadog",
          "publish");

  private static final RecordParsers PARSERS =
      new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);

  /** Traces are switched off. */
  private static final Signals SIGNALS =
      new Signals(
          List.of(
              new Signals.Place(Signal.LOGS, "logs", "lake"),
              new Signals.Place(Signal.METRICS, "metrics", "metrics-lake")));

  private final BodyMemory bodyMemory = new BodyMemory(MAX_MEMORY);
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final ProducerTemplate client;
  private final ExecutorService deadLetterThreads = Executors.newCachedThreadPool();
  private final List<String> published = Collections.synchronizedList(new ArrayList<>());
  private final List<DeadLetter> deadLetters = Collections.synchronizedList(new ArrayList<>());
  private volatile @Nullable RuntimeException failure;
  private volatile boolean queueIsAway;

  IntakeRoutes() throws Exception {
    this(false);
  }

  /** What bodies take here, as their server does before. */
  BodyMemory bodyMemory() {
    return bodyMemory;
  }

  /**
   * @param keepsRejected whether what is rejected becomes dead letters
   */
  IntakeRoutes(boolean keepsRejected) throws Exception {
    Map<String, Protocol> protocols = Protocols.byPath(PARSERS, "job");
    IntakeCounts counts = new IntakeCounts();
    RequestBodies bodies =
        new RequestBodies(MAX_BYTES, bodyMemory, Duration.ofMinutes(1), new RouteHold());
    camel
        .getRegistry()
        .bind(
            "http-exchanges",
            new HttpExchanges(
                MAX_BYTES, bodyMemory, bodies, new Problems(protocols, refused -> {})));
    camel
        .getRegistry()
        .bind(
            "ingest", new Ingest(protocols, new RejectedRecords(keepsRejected), counts::rejected));
    camel.getRegistry().bind("admission", new OpenGate());
    camel.getRegistry().bind("partition-keys", new PartitionKeys(Map.of(), SIGNALS));
    camel
        .getRegistry()
        .bind("aws2-kinesis", new KeyedRecordsComponent(PublishTuning.withBuffer(1 << 20, false)));
    camel.getRegistry().bind("dead-letter-threads", deadLetterThreads);
    camel.getRegistry().bind("intake-counts", counts);
    camel.getRegistry().bind("kinesis", new Stream());
    camel.addComponent("platform-http", new DirectHttp());
    camel.getComponent("direct", DirectComponent.class).setBlock(false);
    camel.getPropertiesComponent().addOverrideProperty("app.role", "all");
    camel.getPropertiesComponent().addOverrideProperty("kinesis.stream-name", "logs");
    camel.getPropertiesComponent().addOverrideProperty("metrics.stream-name", "metrics");
    camel.getPropertiesComponent().addOverrideProperty("apm.stream-name", "traces");
    for (String file : FILES) {
      Resource resource =
          ResourceHelper.resolveMandatoryResource(
              camel, "file:" + Path.of("routes-yaml", file + ".yaml"));
      PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
    }
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("direct:dead-letters").process(IntakeRoutes.this::deadLetter);
          }
        });
    camel.start();
    client = camel.createProducerTemplate();
  }

  /** From now on publishing fails so. */
  void failWith(RuntimeException failure) {
    this.failure = failure;
  }

  /** The partition keys of what is on the stream: its services. */
  List<String> published() {
    return published;
  }

  /** What became a dead letter. */
  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  /** From now on no dead letter can be sent. */
  void loseQueue() {
    queueIsAway = true;
  }

  private void deadLetter(Exchange exchange) {
    if (queueIsAway) {
      throw SdkClientException.create("SQS is away");
    }
    deadLetters.add(exchange.getMessage().getBody(DeadLetter.class));
  }

  Answer post(String path, byte @Nullable [] body, Map<String, ?> headers) {
    Exchange answer =
        client.send(
            routeAt(path),
            ExchangePattern.InOut,
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.getMessage().setHeader(Exchange.HTTP_PATH, path);
              exchange.getMessage().getHeaders().putAll(headers);
            });
    return Answer.of(answer);
  }

  /** The route at a path, or at the nearest one above. */
  private String routeAt(String path) {
    String uri = "direct:" + path.substring(1);
    return camel.hasEndpoint(uri) == null ? routeAt(path.substring(0, path.lastIndexOf('/'))) : uri;
  }

  @Override
  public void close() {
    camel.stop();
    deadLetterThreads.shutdownNow();
  }

  /** Has the routes read from {@code direct:} and the path instead. */
  private static final class DirectHttp extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
      parameters.clear();
      return getCamelContext().getEndpoint("direct:" + path.replaceFirst("^/+", ""));
    }
  }

  /** Takes what is put on it, or fails as it is told. */
  private final class Stream implements KinesisClient {

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
      if (failure != null) {
        throw failure;
      }
      request.records().forEach(record -> published.add(record.partitionKey()));
      return PutRecordsResponse.builder().failedRecordCount(0).build();
    }

    @Override
    public String serviceName() {
      return "kinesis";
    }

    @Override
    public void close() {}
  }

  /** Says it is open, or overloaded when publishing is. */
  public final class OpenGate {

    public void requireOpen() {
      if (failure instanceof PublishOverloadedException overloaded) {
        throw overloaded;
      }
    }
  }

  /** What a client gets to see. */
  record Answer(int status, @Nullable String type, Map<String, Object> headers, ByteSlice content) {

    static Answer of(Exchange exchange) {
      if (exchange.getException() != null) {
        throw new AssertionError("No answer but an exception", exchange.getException());
      }
      return new Answer(
          exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class),
          exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class),
          Map.copyOf(exchange.getMessage().getHeaders()),
          ByteSlice.of(exchange.getMessage().getBody(byte[].class)));
    }

    String body() {
      return content.toString();
    }

    @Nullable Object header(String name) {
      return headers.get(name);
    }
  }
}
