package routes.observe;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import routes.Readme;
import routes.RunningApp;
import routes.observe.Metric.Unit;

/** What is said of the app's metrics, in words, to Prometheus and to Grafana, is so. */
@TestInstance(Lifecycle.PER_CLASS)
class MetricsTest {

  private static final Path DOCS = Path.of("docs");
  private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) (.*)$");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("([A-Za-z_]+)=\"");

  /** What is no metric in an expression: texts, labels, ranges and variables. */
  private static final Pattern NO_NAME =
      Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(by|without|on)\\s*\\([^)]*\\)");

  private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*\\b");

  /** Of PromQL, as far as it is used. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "sum",
          "max",
          "min",
          "rate",
          "increase",
          "clamp_min",
          "vector",
          "or",
          "and",
          "label_values",
          "instance");

  private RunningApp app;
  private String scrape;

  /**
   * A metric as it is given out.
   *
   * @param labels by name
   */
  private record Given(String name, String type, Set<String> labels, String meaning) {

    boolean isCamels() {
      return name.startsWith("camel_") || name.equals("app_info");
    }
  }

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    app =
        RunningApp.start(home, Map.of("SPEED_JDBC_URL", "embedded", "ERRORS_LOG_GROUP", "errors"));
    app.ingest("{\"timestamp\":\"2026-11-20T10:00:00Z\",\"service\":\"web\"}");
    app.ingest("no record");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              scrape = app.get("/observe/metrics").body();
              assertThat(scrape)
                  .contains(
                      "intake_records_total{",
                      "intake_problems_total{",
                      "delivery_lag_seconds{",
                      "figures_lag_seconds{");
            });
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @Test
  void the_table_is_that_of_the_code() throws IOException {
    Readme.assertBlock(
        DOCS.resolve("metrics.md"),
        "metrics",
        "| metric | type | labels | unit | meaning |\n|---|---|---|---|---|\n"
            + Stream.of(Metric.values()).map(MetricsTest::row).collect(joining("\n")));
  }

  private static String row(Metric metric) {
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            prometheusName(metric),
            metric.type().name().toLowerCase(Locale.ROOT),
            metric.labels().stream().map("`%s`"::formatted).collect(joining(", ")),
            unit(metric),
            metric.meaning());
  }

  private static String unit(Metric metric) {
    return metric.unit() == Unit.NONE ? "" : metric.unit().name().toLowerCase(Locale.ROOT);
  }

  private static String prometheusName(Metric metric) {
    String name = metric.meter().replace('.', '_');
    String suffix = unit(metric).isEmpty() || name.endsWith(unit(metric)) ? "" : "_" + unit(metric);
    return name + suffix + (metric.type() == Metric.Type.COUNTER ? "_total" : "");
  }

  @Test
  void what_is_given_out_is_what_the_code_declares_and_camels() {
    assertThat(given().values())
        .filteredOn(given -> !given.isCamels())
        .containsExactlyElementsOf(
            Stream.of(Metric.values())
                .map(
                    metric ->
                        new Given(
                            prometheusName(metric),
                            metric.type().name().toLowerCase(Locale.ROOT),
                            new TreeSet<>(metric.labels()),
                            metric.meaning()))
                .sorted(comparing(Given::name))
                .toList());
  }

  @Test
  void every_label_is_explained() throws IOException {
    String docs = Files.readString(DOCS.resolve("metrics.md"));

    assertThat(Metric.values())
        .flatExtracting(Metric::labels)
        .isNotEmpty()
        .allSatisfy(label -> assertThat(docs).contains("| `" + label + "` |"));
    assertThat(given().get("app_info").labels())
        .allSatisfy(label -> assertThat(docs).contains("`" + label + "`"));
  }

  @Test
  void prometheus_rules_name_metrics_that_there_are() throws IOException {
    JsonNode rules =
        new YAMLMapper().readTree(DOCS.resolve("observability/prometheus-rules.yaml").toFile());

    assertThat(names(rules.findValuesAsText("expr"))).isNotEmpty().isSubsetOf(samples());
  }

  @Test
  void the_grafana_dashboard_names_metrics_that_there_are() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(DOCS.resolve("observability/grafana-dashboard.json").toFile());
    List<String> expressions = new ArrayList<>(dashboard.findValuesAsText("expr"));
    dashboard.findValuesAsText("query").stream()
        .filter(query -> query.startsWith("label_values"))
        .forEach(expressions::add);

    assertThat(names(expressions)).isNotEmpty().isSubsetOf(samples());
  }

  @Test
  void the_grafana_dashboard_shows_each_metric_of_the_app() throws IOException {
    String dashboard = Files.readString(DOCS.resolve("observability/grafana-dashboard.json"));

    assertThat(Stream.of(Metric.values()).map(MetricsTest::prometheusName))
        .allSatisfy(name -> assertThat(dashboard).contains(name));
  }

  private static Set<String> names(List<String> expressions) {
    Set<String> names = new TreeSet<>();
    for (String expression : expressions) {
      NAME.matcher(NO_NAME.matcher(expression).replaceAll(" "))
          .results()
          .map(MatchResult::group)
          .filter(name -> !FUNCTIONS.contains(name))
          .forEach(names::add);
    }
    return names;
  }

  private Set<String> samples() {
    return SAMPLE
        .matcher(scrape)
        .results()
        .map(sample -> sample.group(1))
        .collect(Collectors.toSet());
  }

  private Map<String, Given> given() {
    Map<String, Given> metrics = new TreeMap<>();
    TYPE.matcher(scrape)
        .results()
        .forEach(
            type ->
                metrics.put(
                    type.group(1),
                    new Given(type.group(1), type.group(2), new TreeSet<>(), help(type.group(1)))));
    SAMPLE
        .matcher(scrape)
        .results()
        .filter(sample -> sample.group(2) != null && metrics.containsKey(sample.group(1)))
        .forEach(
            sample ->
                LABEL
                    .matcher(sample.group(2))
                    .results()
                    .forEach(label -> metrics.get(sample.group(1)).labels().add(label.group(1))));
    return metrics;
  }

  private String help(String name) {
    return HELP.matcher(scrape)
        .results()
        .filter(help -> help.group(1).equals(name))
        .map(help -> help.group(2).strip())
        .findFirst()
        .orElse("");
  }
}
