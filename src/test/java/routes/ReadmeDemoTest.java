package routes;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.demo.logs.LogKind;
import routes.demo.scenario.Scenario;
import routes.demo.scenario.Scenarios;
import routes.demo.scenario.Spread;
import routes.demo.scenario.Spread.Direction;
import routes.demo.town.Town;

/** The tables of {@code docs/demo.md} say what the files of the demo say. */
class ReadmeDemoTest {

  private static final Path FILE = Path.of("docs", "demo.md");
  private static final Town TOWN = Town.load();

  @Test
  void every_log_type_is_listed() throws IOException {
    Readme.assertBlock(
        FILE,
        "log-types",
        "| log type | group | what | form | levels in % | its own fields |\n|---|---|---|---|---|---|\n"
            + TOWN.kinds().all().stream().map(ReadmeDemoTest::row).collect(joining("\n")));
  }

  private static String row(LogKind kind) {
    String levels =
        kind.levels().shares().entrySet().stream()
            .map(level -> "%s %s".formatted(level.getKey(), percent(level.getValue())))
            .collect(joining(", "));
    String fields = kind.fields().stream().map("`%s`"::formatted).collect(joining(", "));
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            kind.id(),
            kind.group(),
            kind.title(),
            kind.form().name().toLowerCase(Locale.ROOT),
            levels,
            fields.isEmpty() ? "–" : fields);
  }

  private static String percent(double share) {
    return new BigDecimal(Math.round(1000 * share))
        .movePointLeft(1)
        .stripTrailingZeros()
        .toPlainString();
  }

  @Test
  void every_kind_of_fault_is_listed_with_its_places() throws IOException {
    Scenarios scenarios = new Scenarios(TOWN, Path.of("does-not-exist"));
    Map<String, List<Scenario>> byType = new LinkedHashMap<>();
    for (Scenario scenario : scenarios.all()) {
      byType.computeIfAbsent(scenario.type(), type -> new ArrayList<>()).add(scenario);
    }
    Readme.assertBlock(
        FILE,
        "scenarios",
        "%d scenarios of %d types:\n\n| type | group | places | strengths | shapes | minutes | spreads to |\n|---|---|---|---|---|---|---|\n"
                .formatted(scenarios.all().size(), byType.size())
            + byType.entrySet().stream()
                .map(type -> row(type.getKey(), type.getValue()))
                .collect(joining("\n")));
  }

  private static String row(String type, List<Scenario> scenarios) {
    Scenario first = scenarios.get(0);
    return "| `%s` | %s | %s | %s | %s | %s | %s |"
        .formatted(
            type,
            first.group(),
            scenarios.stream().map(each -> each.place().name()).distinct().collect(joining(", ")),
            scenarios.stream().map(Scenario::strength).distinct().collect(joining(", ")),
            scenarios.stream().map(Scenario::shapeName).distinct().collect(joining(", ")),
            first.seconds() / 60,
            spread(first.spread()));
  }

  private static String spread(Spread spread) {
    if (spread.to() == Direction.NOBODY) {
      return "–";
    }
    String to = spread.to().name().toLowerCase(Locale.ROOT);
    return spread.share() == 0
        ? to + ", in what they have to do"
        : "%s, after %s s".formatted(to, spread.delaySeconds());
  }
}
