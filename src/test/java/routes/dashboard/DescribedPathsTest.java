package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import routes.Settings;
import routes.cloud.AwsClients;
import routes.dashboard.overview.RecentObjects;
import routes.deadletter.ClaimChecks;
import routes.deadletter.DeadLetterQueue;
import routes.deadletter.DeadLetterService;
import routes.http.api.Json;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordEditor;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.reload.RouteFiles;
import routes.signal.Signal;

class DescribedPathsTest {

  private static final URI NOWHERE = URI.create("http://localhost:1");

  @Test
  @SuppressWarnings("try") // It is there to be made: it tells the router its paths.
  void every_path_that_is_served_is_described_and_the_other_way_round() {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    try (AwsClients aws = AwsClients.ofEmbedded(NOWHERE, "us-east-1");
        DashboardApi api =
            new DashboardApi(
                router,
                sources(aws),
                new DefaultCamelContext(),
                new SimpleMeterRegistry(),
                new RecentObjects(),
                Optional.empty())) {
      assertThat(served(router)).isEqualTo(described()).isNotEmpty();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static Set<String> served(Router router) {
    Set<String> served = new TreeSet<>();
    for (Route route : router.getRoutes()) {
      if (route.methods() != null && isOfApi(route.getName())) {
        for (HttpMethod method : route.methods()) {
          served.add(method + " " + named(route.getName()));
        }
      }
    }
    served.removeIf(path -> path.startsWith("HEAD "));
    return served;
  }

  private static boolean isOfApi(String path) {
    return path.startsWith("/api/") || path.equals("/health");
  }

  private static String named(String path) {
    return path.replaceAll(":([a-z]+)", "{$1}").replaceAll("/$", "/{key}");
  }

  private static Set<String> described() {
    Set<String> described = new TreeSet<>();
    JsonNode paths = Json.resource("/dashboard/openapi.json").path("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    return described;
  }

  private static Sources sources(AwsClients aws) {
    RecordParsers parsers =
        new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
    Settings settings = Settings.load(Map.of());
    return new Sources(
        settings.role(),
        settings.aws(),
        settings.resources(),
        settings.records(),
        settings.routes(),
        new RouteFiles(Clock.systemUTC()),
        settings.dashboard(),
        "http",
        NOWHERE,
        NOWHERE,
        aws,
        parsers.of(Signal.LOGS),
        new DeadLetterService(
            new DeadLetterQueue(aws.sqs(), "queue", Runnable::run),
            new ClaimChecks(aws.s3(), "lake"),
            parsers,
            new RecordEditor(FieldNames.DEFAULT, RecordLimits.DEFAULT),
            records -> {},
            Clock.systemUTC(),
            Runnable::run),
        Duration.ZERO,
        Optional.empty(),
        request -> NOWHERE,
        request -> NOWHERE,
        () -> NOWHERE);
  }
}
