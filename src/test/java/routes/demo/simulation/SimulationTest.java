package routes.demo.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import routes.demo.logs.Level;
import routes.demo.logs.LogKind;
import routes.demo.logs.Outcome;
import routes.demo.scenario.Label;
import routes.demo.scenario.Scenario;
import routes.demo.scenario.Scenarios;
import routes.demo.text.Text;
import routes.demo.town.Service;
import routes.demo.town.Town;
import routes.json.ByteSlice;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.RecordLimits;
import routes.record.RecordParser;

class SimulationTest {

  private static final Instant START = Instant.parse("2026-11-20T17:00:00Z");
  private static final Town TOWN = Town.load();
  private static final Scenarios SCENARIOS = new Scenarios(TOWN, Path.of("does-not-exist"));
  private static final Set<String> COMMON =
      Set.of(
          "timestamp",
          "service",
          "level",
          "message",
          "log_type",
          "instance",
          "version",
          "record_id",
          "trace_id",
          "span_id");

  private static Simulation simulation(long seed, double logsPerSecond, double anomaliesPerHour) {
    return new Simulation(
        TOWN, SCENARIOS, new Options(seed, START, logsPerSecond, anomaliesPerHour));
  }

  private static Heard live(Simulation simulation, int seconds) {
    Heard heard = new Heard();
    for (int i = 0; i < seconds; i++) {
      simulation.tick(heard);
    }
    return heard;
  }

  private static Scenario scenario(String id) {
    return SCENARIOS.named(id).orElseThrow();
  }

  @Test
  void there_are_59_kinds_in_eight_groups() {
    assertThat(TOWN.kinds().all()).hasSize(59);
    assertThat(TOWN.kinds().all())
        .extracting(LogKind::group)
        .containsOnly(
            "application",
            "http",
            "security",
            "database",
            "infrastructure",
            "network",
            "business",
            "operations");
  }

  @Test
  void every_kind_is_written_and_has_its_fields() {
    Set<String> seen = new HashSet<>();
    live(simulation(7, 500, 60), 90)
        .records()
        .forEach(
            log -> {
              LogKind kind = kind(log);
              seen.add(kind.id());
              Set<String> fields = new HashSet<>(COMMON);
              fields.addAll(kind.fields());
              if (!log.has("trace_id")) {
                fields.removeAll(Set.of("trace_id", "span_id"));
              }
              assertThat(log.propertyStream().map(Map.Entry::getKey).toList())
                  .as(log.toString())
                  .containsExactlyInAnyOrderElementsOf(fields);
              String message = log.path("message").asText();
              assertThat(message).as(log.toString()).isNotBlank();
              assertThat(message.contains("\n"))
                  .as(log.toString())
                  .isEqualTo(kind.form() == LogKind.Form.MULTILINE);
            });

    assertThat(seen).containsExactlyInAnyOrderElementsOf(TOWN.kinds().ids());
  }

  private static LogKind kind(JsonNode log) {
    String id = log.path("log_type").asText();
    return TOWN.kinds().all().stream()
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_intake_takes_every_log_under_its_service_and_time() {
    RecordParser parser =
        new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
    Heard heard = live(simulation(11, 800, 60), 60);

    assertThat(heard.logs).hasSizeGreaterThan(30_000);
    Set<String> ids = new HashSet<>();
    for (byte[] line : heard.logs) {
      LogRecord record = (LogRecord) parser.parse(ByteSlice.of(line), START);
      assertThat(TOWN.service(record.service())).isPresent();
      assertThat(ids.add(record.id())).isTrue();
    }
  }

  /** Counts logs by kind and level. */
  private static final class Levels implements Output {

    private final Map<String, Map<String, Integer>> counts = new HashMap<>();

    @Override
    public void log(Service service, Text line) {
      String text = new String(line.toBytes(), ISO_8859_1);
      counts
          .computeIfAbsent(text(text, "log_type"), kind -> new HashMap<>())
          .merge(text(text, "level"), 1, Integer::sum);
    }

    private static String text(String line, String field) {
      String before = "\"" + field + "\":\"";
      int from = line.lastIndexOf(before) + before.length();
      return line.substring(from, line.indexOf('"', from));
    }

    @Override
    public void span(Span span) {}

    @Override
    public void measurement(Measurement measurement) {}

    @Override
    public void label(Label label) {}
  }

  @Test
  void levels_are_as_often_as_a_kind_declares_when_all_is_well_but_for_chance() {
    Simulation simulation = simulation(3, 500, 0);
    Levels seen = new Levels();
    for (int second = 0; second < 800; second++) {
      simulation.tick(seen);
    }

    for (LogKind kind : TOWN.kinds().all()) {
      Map<String, Integer> own = seen.counts.getOrDefault(kind.id(), Map.of());
      double all = own.values().stream().mapToInt(Integer::intValue).sum();
      boolean oneLevel = kind.levels().shares().size() == 1;
      assertThat(all).as(kind.id()).isGreaterThan(oneLevel ? 20 : 70);
      for (Level level : Level.values()) {
        double share = kind.levels().shares().getOrDefault(level, 0.0);
        double deviation = Math.sqrt(share * (1 - share) / all);
        assertThat(own.getOrDefault(level.name(), 0) / all)
            .as("share of %s in %s of %s", level, all, kind.id())
            .isCloseTo(share, within(4 * deviation + 1e-9));
      }
    }
  }

  @Test
  void every_trace_is_a_tree_whose_spans_lie_within_their_parents_and_whose_logs_have_its_ids() {
    Simulation simulation = simulation(5, 500, 0);
    Heard heard = new Heard();
    simulation.start(scenario("retry-storm-payment-strong-ramp"), simulation.now(), 120, heard);
    simulation.start(
        scenario("cascading-timeout-database-strong-step"), simulation.now(), 120, heard);
    simulation.start(scenario("ddos-search-strong-constant"), simulation.now(), 120, heard);
    heard.spans.addAll(live(simulation, 60).spans);
    Heard more = live(simulation, 30);

    Map<Long, Span> byId = more.spans.stream().collect(toMap(Span::id, span -> span));
    Map<String, Long> roots =
        more.spans.stream()
            .filter(span -> span.parent() == 0)
            .collect(groupingBy(SimulationTest::trace, counting()));
    assertThat(roots).hasSizeGreaterThan(100);
    assertThat(roots.values()).containsOnly(1L);
    for (Span span : more.spans) {
      assertThat(span.endNanos()).isGreaterThanOrEqualTo(span.startNanos());
      assertThat(roots).containsKey(trace(span));
      if (span.parent() != 0) {
        Span parent = byId.get(span.parent());
        assertThat(trace(parent)).isEqualTo(trace(span));
        assertThat(span.startNanos()).isBetween(parent.startNanos(), parent.endNanos());
        assertThat(span.endNanos()).isBetween(parent.startNanos(), parent.endNanos());
      }
    }
    for (JsonNode log : more.records().toList()) {
      if (log.has("trace_id")) {
        Span span = byId.get(Long.parseUnsignedLong(log.path("span_id").asText(), 16));
        assertThat(trace(span)).isEqualTo(log.path("trace_id").asText());
        assertThat(span.operation().service().name()).isEqualTo(log.path("service").asText());
        assertThat(Instant.parse(log.path("timestamp").asText()).toEpochMilli())
            .isBetween(span.startNanos() / 1_000_000, span.endNanos() / 1_000_000);
      }
    }
  }

  private static String trace(Span span) {
    return "%016x%016x".formatted(span.traceHigh(), span.traceLow());
  }

  @Test
  void whoever_failed_says_so_and_who_did_not_says_no_error() {
    Simulation simulation = simulation(12, 400, 0);
    simulation.start(
        scenario("provider-down-payment-strong-constant"), simulation.now(), 600, new Heard());
    simulation.start(
        scenario("partition-inventory-strong-constant"), simulation.now(), 600, new Heard());
    Heard live = live(simulation, 30);

    Map<Long, Span> byId = live.spans.stream().collect(toMap(Span::id, span -> span));
    int failed = 0;
    for (JsonNode log : live.records().filter(each -> each.has("span_id")).toList()) {
      Span span = byId.get(Long.parseUnsignedLong(log.path("span_id").asText(), 16));
      Level level = Level.valueOf(log.path("level").asText());
      Level highest =
          kind(log).levels().shares().keySet().stream().max(Level::compareTo).orElseThrow();
      if (span.outcome() == Outcome.FAILED && highest.compareTo(Level.WARN) >= 0) {
        assertThat(level).as(log.toString()).isEqualTo(highest);
        failed++;
      } else if (kind(log).levels().shares().size() > 1) {
        assertThat(level).as(log.toString()).isLessThanOrEqualTo(Level.WARN);
      }
    }
    assertThat(failed).isGreaterThan(300);
  }

  @Test
  void metrics_count_what_the_spans_say() {
    Simulation simulation = simulation(9, 400, 0);
    Heard heard = new Heard();
    simulation.start(
        scenario("provider-down-payment-strong-constant"), simulation.now(), 600, heard);
    Heard live = live(simulation, 57);
    simulation.finish(live);

    Map<String, long[]> expected = new HashMap<>();
    for (Span span : live.spans) {
      // Counted with the second in which its request came in.
      long[] counts =
          expected.computeIfAbsent(span.operation().service().name(), name -> new long[2]);
      counts[0]++;
      counts[1] += span.outcome() == Outcome.FAILED ? 1 : 0;
    }
    Map<String, long[]> measured = new HashMap<>();
    double seconds = 0;
    for (Measurement measurement : live.measurements) {
      assertThat(Arrays.stream(measurement.buckets()).sum()).isEqualTo(measurement.requests());
      long[] counts = measured.computeIfAbsent(measurement.service().name(), name -> new long[2]);
      counts[0] += measurement.requests();
      counts[1] += measurement.failed();
      seconds += measurement.seconds();
    }
    assertThat(live.measurements).hasSize(6 * TOWN.services().size());
    measured.values().removeIf(counts -> counts[0] == 0);
    assertThat(measured).usingRecursiveComparison().isEqualTo(expected);
    assertThat(measured.get("payment")[1]).isPositive();
    double spanSeconds =
        live.spans.stream().mapToLong(span -> span.endNanos() - span.startNanos()).sum() / 1e9;
    assertThat(seconds).isCloseTo(spanSeconds, within(1e-3));
  }

  @Test
  void the_same_options_give_the_same_and_another_seed_does_not() {
    Heard one = live(simulation(42, 200, 60), 120);
    Heard other = live(simulation(42, 200, 60), 120);

    assertThat(other.logs).usingElementComparator(Arrays::compare).isEqualTo(one.logs);
    assertThat(other.spans).isEqualTo(one.spans);
    assertThat(other.labels).isEqualTo(one.labels);
    assertThat(live(simulation(43, 200, 60), 1).logs)
        .usingElementComparator(Arrays::compare)
        .doesNotContainAnyElementsOf(live(simulation(42, 200, 60), 1).logs);
  }

  @Test
  void it_writes_as_many_logs_as_are_wanted_on_average_over_a_week() {
    long logs = 0;
    for (int hour = 0; hour < 7 * 24; hour += 3) {
      Options options = new Options(hour, START.plus(Duration.ofHours(hour)), 100, 0);
      logs += live(new Simulation(TOWN, SCENARIOS, options), 10).logs.size();
    }

    assertThat(logs / (7 * 8 * 10.0)).isCloseTo(100, within(4.0));
  }

  @Test
  void what_is_shipped_was_placed_and_what_is_refunded_was_delivered_at_the_same_price() {
    Map<String, String> states = new HashMap<>();
    Map<String, JsonNode> placed = new HashMap<>();
    List<JsonNode> refunds = new ArrayList<>();
    for (JsonNode log : live(simulation(2, 600, 0), 150).records().toList()) {
      String order = log.path("order_id").asText();
      switch (log.path("log_type").asText()) {
        case "business.order-placed" -> {
          placed.put(order, log);
          states.put(order, "placed");
        }
        case "business.shipment" -> {
          String state = log.path("state").asText();
          assertThat(states.put(order, state))
              .as("before %s: %s", state, log)
              .isEqualTo(state.equals("shipped") ? "placed" : "shipped");
        }
        case "business.refund" -> {
          assertThat(states.put(order, "refunded")).isEqualTo("delivered");
          refunds.add(log);
        }
        default -> {}
      }
    }
    assertThat(refunds).isNotEmpty();
    for (JsonNode refund : refunds) {
      JsonNode order = placed.get(refund.path("order_id").asText());
      assertThat(refund.path("amount")).isEqualTo(order.path("amount"));
      assertThat(refund.path("user_id")).isEqualTo(order.path("user_id"));
    }
  }

  @Test
  void who_fills_a_cart_or_buys_has_logged_in_before() {
    Set<String> loggedIn = new HashSet<>();
    int sales = 0;
    int logins = 0;
    for (JsonNode log : live(simulation(2, 1000, 0), 150).records().toList()) {
      String user = log.path("user_id").asText();
      switch (log.path("log_type").asText()) {
        case "security.login" -> {
          if (log.path("status").asInt() == 200) {
            loggedIn.add(user);
            logins++;
          }
        }
        case "business.cart", "business.order-placed", "business.payment" -> {
          // Those who were logged in before the town was watched are all out by then.
          if (logins > 400) {
            assertThat(loggedIn).as(log.toString()).contains(user);
            sales++;
          }
        }
        default -> {}
      }
    }
    assertThat(sales).isGreaterThan(1_000);
  }

  @Test
  void an_anomaly_is_labelled_when_it_begins_and_when_it_has_ended() {
    Simulation simulation = simulation(4, 50, 0);
    Heard heard = new Heard();
    simulation.start(
        scenario("cascading-timeout-inventory-strong-ramp"), simulation.now(), 60, heard);
    heard.labels.addAll(live(simulation, 300).labels);

    assertThat(PartitionValue.objection(Label.SERVICE)).isNull();
    assertThat(PartitionValue.encode(Label.SERVICE)).isEqualTo("_truth");
    assertThat(heard.labels)
        .extracting(label -> label.path("phase").asText())
        .containsExactly("begin", "end");
    JsonNode end = heard.labels.get(1);
    assertThat(end.path("service").asText()).isEqualTo("_truth");
    assertThat(end.path("place").asText()).isEqualTo("inventory");
    assertThat(Instant.parse(end.path("start").asText())).isEqualTo(START);
    assertThat(Instant.parse(end.path("end").asText())).isEqualTo(START.plusSeconds(60));
    Map<String, JsonNode> affected = new HashMap<>();
    end.path("affected").forEach(one -> affected.put(one.path("service").asText(), one));
    assertThat(affected.keySet()).contains("inventory", "checkout", "cart", "gateway");
    assertThat(Instant.parse(affected.get("checkout").path("spreads").asText()))
        .isEqualTo(START.plusSeconds(40));
    assertThat(Instant.parse(affected.get("gateway").path("spreads").asText()))
        .isEqualTo(START.plusSeconds(80));
  }

  @Test
  void those_with_more_or_less_to_do_are_named_and_their_callers_are_not() {
    Simulation simulation = simulation(4, 50, 0);
    Heard heard = new Heard();
    simulation.start(
        scenario("credential-stuffing-auth-strong-constant"), simulation.now(), 60, heard);

    assertThat(live(simulation, 300).labels.get(0).path("affected"))
        .extracting(one -> one.path("service").asText() + " " + one.path("share"))
        .containsExactlyInAnyOrder(
            "auth 1.0", "database 0.0", "cache 0.0", "gateway 0.0", "load-balancer 0.0", "cdn 0.0");
  }

  @Test
  void an_anomaly_that_is_stopped_is_labelled_with_its_real_end() {
    Simulation simulation = simulation(4, 50, 0);
    Heard heard = new Heard();
    simulation.start(scenario("bad-release-checkout-strong-step"), simulation.now(), 600, heard);
    live(simulation, 30);

    assertThat(simulation.stop("bad-release-checkout-strong-step")).isEqualTo(1);

    JsonNode end = live(simulation, 120).labels.get(0);
    assertThat(Duration.between(START, Instant.parse(end.path("end").asText())))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(simulation.running()).isEmpty();
  }

  @Test
  void a_release_runs_another_version_while_it_lasts_and_the_old_one_after_it() {
    Simulation simulation = simulation(6, 300, 0);
    Set<String> before = versions(live(simulation, 20));
    simulation.start(
        scenario("bad-release-checkout-strong-step"), simulation.now(), 60, new Heard());
    Set<String> during = versions(live(simulation, 50));
    live(simulation, 30);
    Set<String> after = versions(live(simulation, 20));

    assertThat(before).hasSize(1);
    assertThat(during).hasSize(1).isNotEqualTo(before);
    assertThat(after).isEqualTo(before);
  }

  private static Set<String> versions(Heard heard) {
    Set<String> versions = new HashSet<>();
    heard.spans.stream()
        .filter(span -> span.operation().service().name().equals("checkout"))
        .forEach(span -> versions.add(span.instance().version()));
    return versions;
  }

  @Test
  void what_a_pool_of_connections_says_adds_up() {
    Simulation simulation = simulation(3, 300, 0);
    simulation.start(
        scenario("pool-exhausted-user-strong-ramp"), simulation.now(), 600, new Heard());
    Pattern numbers =
        Pattern.compile(".*total=(\\d+), active=(\\d+), idle=(\\d+), waiting=(\\d+).*");

    List<JsonNode> pools =
        live(simulation, 240)
            .records()
            .filter(log -> log.path("log_type").asText().equals("db.pool"))
            .toList();

    Set<String> levels = new HashSet<>();
    for (JsonNode log : pools) {
      int total = log.path("total").asInt();
      int active = log.path("active").asInt();
      boolean warns = log.path("level").asText().equals("WARN");
      levels.add(log.path("level").asText());
      assertThat(active == total).as(log.toString()).isEqualTo(warns);
      assertThat(log.path("waiting").asInt() > 0).as(log.toString()).isEqualTo(warns);
      Matcher stats = numbers.matcher(log.path("message").asText());
      if (stats.matches()) {
        assertThat(Integer.parseInt(stats.group(3))).as(log.toString()).isEqualTo(total - active);
        assertThat(Integer.parseInt(stats.group(4))).isEqualTo(log.path("waiting").asInt());
      }
    }
    assertThat(levels).containsExactlyInAnyOrder("DEBUG", "INFO", "WARN");
  }

  @Test
  void clocks_that_are_wrong_and_logs_that_are_lost_change_logs_alone() {
    Simulation simulation = simulation(8, 400, 0);
    Heard heard = new Heard();
    simulation.start(scenario("clock-skew-inventory-strong-step"), simulation.now(), 400, heard);
    simulation.start(scenario("logs-lost-payment-strong-constant"), simulation.now(), 400, heard);
    live(simulation, 200);
    Heard live = live(simulation, 60);

    Instant now = START.plusSeconds(200);
    assertThat(live.records())
        .filteredOn(log -> log.path("service").asText().equals("inventory"))
        .isNotEmpty()
        .allSatisfy(
            log ->
                assertThat(Instant.parse(log.path("timestamp").asText()))
                    .isAfter(now.plusSeconds(89)));
    long logs =
        live.records().filter(log -> log.path("service").asText().equals("payment")).count();
    long spans =
        live.spans.stream()
            .filter(span -> span.operation().service().name().equals("payment"))
            .count();
    assertThat(spans).isGreaterThan(20);
    assertThat(logs).isLessThan(spans);
  }
}
