package routes;

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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

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
          "label_values",
          "instance");

  private RunningApp app;
  private String scrape;

  /**
   * A metric as it is given out.
   *
   * @param labels by name
   */
  private record Metric(String name, String type, Set<String> labels, String meaning) {

    boolean isOwn() {
      return !name.startsWith("camel_") && !name.startsWith("app_info");
    }

    String unit() {
      String counted = name.replaceFirst("_total$", "");
      return counted.endsWith("_seconds") ? "seconds" : counted.endsWith("_bytes") ? "bytes" : "";
    }

    String row() {
      String names = labels.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
      return "| `%s` | %s | %s | %s | %s |".formatted(name, type, names, unit(), meaning);
    }
  }

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", home.resolve("data").toString(),
                "INBOX_DIR", home.resolve("inbox").toString(),
                "FLUSH_INTERVAL_MS", "100"));
    app.ingest("{\"timestamp\":\"2026-11-20T10:00:00Z\",\"service\":\"web\"}");
    app.ingest("no record");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              scrape = app.get("/observe/metrics").body();
              assertThat(scrape)
                  .contains(
                      "intake_records_total{", "intake_problems_total{", "delivery_lag_seconds{");
            });
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @Test
  void the_table_has_each_metric_of_the_app() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| metric | type | labels | unit | meaning |");
    rows.add("|---|---|---|---|---|");
    metrics().values().stream().filter(Metric::isOwn).map(Metric::row).forEach(rows::add);

    Readme.assertBlock(DOCS.resolve("metrics.md"), "metrics", String.join("\n", rows));
  }

  @Test
  void every_metric_has_a_meaning_and_labels_that_are_explained() throws IOException {
    String docs = Files.readString(DOCS.resolve("metrics.md"));

    assertThat(metrics().values().stream().filter(Metric::isOwn))
        .isNotEmpty()
        .allSatisfy(
            metric -> {
              assertThat(metric.meaning()).as(metric.name()).isNotBlank();
              for (String label : metric.labels()) {
                assertThat(docs).contains("| `" + label + "` |");
              }
            });
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

    assertThat(metrics().values().stream().filter(Metric::isOwn).map(Metric::name))
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

  private Map<String, Metric> metrics() {
    Map<String, Metric> metrics = new TreeMap<>();
    TYPE.matcher(scrape)
        .results()
        .forEach(
            type ->
                metrics.put(
                    type.group(1),
                    new Metric(
                        type.group(1), type.group(2), new TreeSet<>(), help(type.group(1)))));
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
