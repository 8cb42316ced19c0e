package routes;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultComponent;
import routes.app.Pipeline;
import routes.observe.IntakeCounts;
import routes.observe.LastFailure;
import routes.observe.ReasonCounts;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.record.RecordParsers;
import routes.signal.Signal;

/** Some files of {@code routes-yaml}, running without servers, their neighbours replaced. */
public final class RoutesUnderTest implements AutoCloseable {

  public static final RecordParsers PARSERS =
      new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);

  public static final RecordParser PARSER = PARSERS.of(Signal.LOGS);

  private final Main main = new Main();

  /** Runs these files with the settings of this environment. */
  public RoutesUnderTest(Map<String, String> env, String... files) {
    Pipeline.configure(main, Settings.load(env).properties());
    main.addOverrideProperty(
        "camel.main.routes-include-pattern",
        Stream.of(files).map("file:routes-yaml/%s.yaml"::formatted).collect(joining(",")));
    main.addOverrideProperty("camel.server.enabled", "false");
    main.addOverrideProperty("camel.management.enabled", "false");
    main.addOverrideProperty("camel.metrics.enabled", "false");
    bind("record-parser", PARSER);
    bind("last-failure", new LastFailure());
    bind("intake-counts", new IntakeCounts());
    bind("dead-letter-counts", new ReasonCounts());
  }

  public RoutesUnderTest bind(String name, Object bean) {
    main.bind(name, bean);
    return this;
  }

  /** Puts this in the place of a neighbouring route. */
  public RoutesUnderTest neighbour(String uri, Processor processor) {
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                errorHandler(noErrorHandler());
                from(uri).process(processor);
              }
            });
    return this;
  }

  /** Calls a route as another would, with a configuration of {@code errors.yaml}. */
  public RoutesUnderTest caller(String uri, String configuration, String route) {
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from(uri).routeConfigurationId(configuration).to(route);
              }
            });
    return this;
  }

  /** Has the route that reads from this component take what is sent to an endpoint instead. */
  public RoutesUnderTest source(String scheme, String endpoint) {
    return bind(
        scheme,
        new DefaultComponent() {
          @Override
          protected Endpoint createEndpoint(
              String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear();
            return getCamelContext().getEndpoint(endpoint);
          }
        });
  }

  public RoutesUnderTest start() {
    main.start();
    return this;
  }

  /** Sends a body and answers with what became of it. */
  public Exchange send(String uri, Object body) {
    return send(uri, body, Map.of());
  }

  public Exchange send(String uri, Object body, Map<String, Object> headers) {
    try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
      return template.request(
          uri,
          exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    main.stop();
  }
}
