package routes.demo.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.demo.send.StubIntake;

class LoadCommandTest {

  private StubIntake intake;

  @BeforeEach
  void start() throws Exception {
    intake = new StubIntake();
  }

  @AfterEach
  void stop() {
    intake.close();
  }

  private record Ran(int code, String output) {}

  private static Ran run(String... arguments) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = LoadCommand.run(List.of(arguments), new PrintStream(out, true, UTF_8));
    return new Ran(code, out.toString(UTF_8));
  }

  @Test
  void it_sends_what_is_wanted_and_tells_what_became_of_it() throws Exception {
    Ran ran =
        run(
            "--url",
            intake.url().toString(),
            "--rate",
            "2000",
            "--duration",
            "2",
            "--batch",
            "100",
            "--signals",
            "logs,traces");

    assertThat(ran.code()).isZero();
    assertThat(ran.output())
        .contains("wanted    2,000 records/s for 2 s", "0 not accepted, 0 without answer", "{200=")
        .contains("from when a request was due", "p99.9");
    assertThat(intake.taken("/api/ingest"))
        .isNotEmpty()
        .allMatch(body -> body.lines().count() == 100);
    assertThat(intake.taken("/v1/traces")).isNotEmpty();
    assertThat(intake.taken("/v1/metrics")).isEmpty();
    long logs = intake.taken("/api/ingest").stream().flatMap(String::lines).distinct().count();
    assertThat(logs).isEqualTo(100L * intake.taken("/api/ingest").size());
  }

  @Test
  void it_sends_metrics_alone() throws Exception {
    Ran ran =
        run(
            "--url",
            intake.url().toString(),
            "--rate",
            "500",
            "--duration",
            "1",
            "--signals",
            "metrics");

    assertThat(ran.code()).isZero();
    assertThat(intake.taken("/v1/metrics")).isNotEmpty();
    assertThat(intake.taken("/api/ingest")).isEmpty();
  }

  @Test
  void an_intake_that_stands_still_is_seen_to_have_made_all_wait_that_were_due_meanwhile()
      throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    intake.answer(
        "/api/ingest",
        body -> {
          if (first.getAndSet(false)) {
            pause(700);
          }
          return StubIntake.Reply.of(200);
        });
    List<String> arguments =
        List.of(
            "--url", intake.url().toString(), "--rate", "1000", "--duration", "1", "--batch", "50");
    Load load = new Load(LoadOptions.parse(arguments), 1);

    load.run();

    assertThat(load.report().accepted()).isEqualTo(1000);
    // Of twenty requests the second to the fourteenth were due while the first was not answered.
    assertThat(load.report().fromDue(50)).isGreaterThan(100_000);
    assertThat(load.report().fromSent(50)).isLessThan(100_000);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_an_intake_refuses_is_counted_by_status() throws Exception {
    intake.answer("/api/ingest", body -> new StubIntake.Reply(429, "{}", Map.of()));

    Ran ran = run("--url", intake.url().toString(), "--rate", "1000", "--duration", "1");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.output()).contains("0 accepted, 1,000 not accepted", "{429=2}");
  }

  @Test
  void an_intake_that_is_not_there_is_told() throws Exception {
    String url = intake.url().toString();
    intake.close();

    Ran ran = run("--url", url, "--rate", "500", "--duration", "1");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.output()).contains("500 without answer", "ConnectException=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --speed 7          | --speed: is no option
          --rate             | --rate: needs a value
          --rate much        | --rate is "much": must be a number from 1 to 1000000
          --rate 0           | --rate is "0": must be a number from 1 to 1000000
          --signals logs,x   | --signals is "logs,x": must be some of logs, traces, metrics
          --url localhost    | --url is "localhost": must be http:// or https:// with a host
          rate 7             | rate: is no option
          """)
  void an_argument_that_cannot_be_used_is_named(String arguments, String reason) throws Exception {
    Ran ran = run(arguments.split(" "));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.output()).startsWith(reason + "\n").contains("--duration N");
  }

  @Test
  void it_can_be_asked_for_its_options() throws Exception {
    assertThat(run("--help").output()).contains("--url URL", "--api-key KEY");
  }
}
