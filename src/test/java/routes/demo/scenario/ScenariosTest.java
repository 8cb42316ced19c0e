package routes.demo.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.demo.data.Data;
import routes.demo.town.Town;

class ScenariosTest {

  private static final Town TOWN = Town.load();
  private static final double HOUR = 3600;
  private static final String OWN =
      """
      - type: coffee-spill
        title: coffee spill
        description: "Coffee on {place} ({strength}, {shape})."
        places: [database]
        strengths: {espresso: 0.3, bucket: 1}
        shapes: [spike]
        effect: {errors: 0.5, latency: 3}
      """;

  @TempDir Path folder;

  @Test
  void there_are_more_than_200_each_with_an_id_a_description_and_an_effect() {
    Scenarios scenarios = new Scenarios(TOWN, folder);

    assertThat(scenarios.problems()).isEmpty();
    assertThat(scenarios.all()).hasSizeGreaterThan(200);
    assertThat(scenarios.all()).extracting(Scenario::description).doesNotHaveDuplicates();
    assertThat(scenarios.all())
        .allSatisfy(
            scenario -> {
              assertThat(scenario.id()).matches("[a-z0-9-]+");
              assertThat(scenario.description())
                  .contains(scenario.place().name())
                  .doesNotContain("{")
                  .endsWith(".");
              assertThat(scenario.effect())
                  .isNotEqualTo(
                      new Effect(
                          1, 0, 503, "ServiceUnavailable", 1, 0, 0, 0, 0, 0, 0, false, List.of()));
              for (double progress = 0; progress <= 1; progress += 0.01) {
                assertThat(scenario.shape().at(progress)).isBetween(0.0, 1.0);
              }
            });
    assertThat(scenarios.all().stream().map(Scenario::shapeName).collect(Collectors.toSet()))
        .contains(
            "constant", "ramp", "step", "spike", "burst", "sine", "sawtooth", "noise", "drift");
  }

  @Test
  void every_kind_of_fault_says_whom_it_spreads_to() {
    for (String file : Data.resource("scenarios/index.yaml").texts()) {
      assertThat(Data.resource("scenarios/" + file).items())
          .allSatisfy(fault -> assertThat(fault.get("spread").get("to").text()).isNotEmpty());
    }
  }

  @Test
  void a_file_of_ones_own_adds_to_them() throws IOException {
    Files.writeString(folder.resolve("own.yaml"), OWN);

    Scenarios scenarios = new Scenarios(TOWN, folder);

    assertThat(scenarios.problems()).isEmpty();
    assertThat(scenarios.ofType("coffee-spill"))
        .extracting(Scenario::id)
        .containsExactly(
            "coffee-spill-database-espresso-spike", "coffee-spill-database-bucket-spike");
  }

  @Test
  void shapes_and_rhythms_of_ones_own_are_combined_of_patterns() throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"),
        OWN.replace(
            "[spike]",
            """
            [spike, twice: {sum: [ramp, {pattern: spike, at: 0.9, width: 0.05, height: 3}, {pattern: constant, level: -1}]}]
              rhythm: {product: [{pattern: daily, busiest_hour: 3, lowest: 0}, {pattern: weekly, weekend: 0.5}, {pattern: seasonal, period: 2419200, amplitude: 0, trend_per_week: 0}]}"""));

    Scenarios scenarios = new Scenarios(TOWN, folder);

    assertThat(scenarios.problems()).isEmpty();
    Scenario twice = scenarios.named("coffee-spill-database-espresso-twice").orElseThrow();
    double friday = Instant.parse("2026-11-20T03:00:00Z").getEpochSecond();
    assertThat(twice.strength(0.9, friday)).isCloseTo(0.3, within(1e-9));
    assertThat(twice.strength(0.35, friday)).isCloseTo(0.3 * 0.55, within(1e-6));
    assertThat(twice.strength(0.35, friday + 6 * HOUR)).isCloseTo(0.15 * 0.55, within(1e-6));
    assertThat(twice.strength(0.35, friday + 12 * HOUR)).isCloseTo(0, within(1e-6));
    assertThat(twice.strength(0.9, friday + 24 * HOUR)).isCloseTo(0.15, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          database]      | data-base]   | own.yaml, line 4: there is no service "data-base"
          spike]         | wobble]      | own.yaml, line 6: "wobble" is not known here; known are constant, ramp, step, spike, burst, sine, sawtooth, noise, drift
          errors: 0.5    | errors: 5    | own.yaml, line 7: "5" must be a number from 0 to 1
          latency: 3     | lateness: 3  | own.yaml, line 7: "lateness" is not known here; known are clock_skew_seconds, cpu, error, errors, latency, memory, queue, releases, retries, says, silence, status, traffic
          bucket: 1}     | bucket: 2}   | own.yaml, line 5: "2" must be a number from 0.01 to 1
          type: coffee   | typ: coffee  | own.yaml, line 1: "typ" is not known here; known are description, effect, group, minutes, places, rhythm, shapes, spread, strengths, title, type
          [spike]        | [spike, spike: {pattern: step}] | own.yaml, line 6: the shape "spike" is there twice
          [spike]        | [twice: {sum: [spike, wave]}]   | own.yaml, line 6: "wave" is not known here; known are constant, ramp, step, spike, burst, sine, sawtooth, noise, drift
          title: coffee  | rhythm: daily #                 | own.yaml, line 2: must be names with values
          [spike]        | [spike       | own.yaml, line 7: expected ',' or ']', but got :
          """)
  void a_file_that_is_broken_is_named_with_line_and_reason_and_the_others_are_read(
      String part, String broken, String problem) throws IOException {
    Files.writeString(folder.resolve("own.yaml"), OWN.replace(part, broken));
    Files.writeString(folder.resolve("sound.yml"), OWN.replace("coffee", "tea"));

    Scenarios scenarios = new Scenarios(TOWN, folder);

    assertThat(scenarios.problems()).containsExactly(problem);
    assertThat(scenarios.ofType("coffee-spill")).isEmpty();
    assertThat(scenarios.ofType("tea-spill")).hasSize(2);
    assertThat(scenarios.all()).hasSizeGreaterThan(200);
  }

  @Test
  void a_scenario_that_is_there_already_is_not_replaced() throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"),
        OWN.replace("coffee-spill", "slow-query")
            .replace("espresso", "mild")
            .replace("spike", "step"));

    assertThat(new Scenarios(TOWN, folder).problems())
        .containsExactly(
            "own.yaml: the scenario slow-query-database-mild-step is there already; its type needs another name");
  }

  @Test
  void an_empty_file_is_a_problem() throws IOException {
    Files.writeString(folder.resolve("own.yaml"), "");

    assertThat(new Scenarios(TOWN, folder).problems()).containsExactly("own.yaml: is empty");
  }
}
