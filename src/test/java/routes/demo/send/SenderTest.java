package routes.demo.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private StubIntake intake;
  private Sender sender;

  @BeforeEach
  void start() throws Exception {
    intake = new StubIntake();
    sender =
        new Sender(
            new Intake(intake.url(), Optional.empty(), Optional.empty()), Duration.ofMillis(500));
  }

  @AfterEach
  void stop() {
    sender.close();
    intake.close();
  }

  private static Batch batch(Signal signal, String body, int records) {
    return new Batch(signal, body.getBytes(UTF_8), records);
  }

  private SignalProgress.View view(Signal signal) {
    return sender.views().stream()
        .filter(view -> view.signal().equals(signal.label()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void each_signal_goes_to_its_path_and_is_counted_in_records() throws Exception {
    sender.put(batch(Signal.LOGS, "a", 3));
    sender.put(batch(Signal.TRACES, "b", 2));
    sender.put(batch(Signal.METRICS, "c", 5));

    await().atMost(SOON).until(() -> view(Signal.METRICS).accepted() == 5);
    await().atMost(SOON).until(() -> view(Signal.TRACES).accepted() == 2);
    await().atMost(SOON).until(() -> view(Signal.LOGS).accepted() == 3);
    assertThat(intake.taken("/api/ingest")).containsExactly("a");
    assertThat(intake.taken("/v1/traces")).containsExactly("b");
    assertThat(intake.taken("/v1/metrics")).containsExactly("c");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503, 500, 408})
  void what_is_refused_for_the_moment_is_sent_again_until_it_is_taken(int status) throws Exception {
    AtomicInteger left = new AtomicInteger(3);
    intake.answer(
        "/api/ingest", body -> StubIntake.Reply.of(left.getAndDecrement() > 0 ? status : 200));
    sender.put(batch(Signal.LOGS, "a", 3));

    await().atMost(SOON).until(() -> view(Signal.LOGS).accepted() == 3);
    assertThat(intake.taken("/api/ingest")).containsExactly("a");
    assertThat(view(Signal.LOGS))
        .isEqualTo(new SignalProgress.View("logs", "flowing", 3, 0, 0, 3, null));
  }

  @Test
  void whoever_has_more_to_send_waits_while_the_intake_refuses() throws Exception {
    intake.answer("/api/ingest", body -> StubIntake.Reply.of(503));
    AtomicInteger put = new AtomicInteger();
    Thread busy =
        new Thread(
            () -> {
              try {
                while (put.get() < 100) {
                  sender.put(batch(Signal.LOGS, Integer.toString(put.getAndIncrement()), 1));
                }
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    busy.start();

    await()
        .atMost(SOON)
        .until(() -> sender.waiting() == 32 && busy.getState() == Thread.State.WAITING);
    assertThat(put.get()).isLessThan(50);
    assertThat(view(Signal.LOGS).state()).isEqualTo("waiting");
    assertThat(view(Signal.LOGS).problem()).contains("503");
    intake.answer("/api/ingest", body -> StubIntake.Reply.of(200));
    await().atMost(SOON.multipliedBy(2)).until(() -> view(Signal.LOGS).accepted() == 100);
    assertThat(intake.taken("/api/ingest")).doesNotHaveDuplicates().hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 401, 405})
  void a_signal_that_the_intake_does_not_take_is_paused_and_the_others_go_on(int status)
      throws Exception {
    intake.answer(
        "/v1/traces",
        body ->
            new StubIntake.Reply(status, "{\"detail\":\"Nothing is at /v1/traces\"}", Map.of()));
    sender.put(batch(Signal.TRACES, "a", 7));
    await().atMost(SOON).until(() -> view(Signal.TRACES).state().equals("paused"));
    sender.put(batch(Signal.TRACES, "b", 4));
    sender.put(batch(Signal.LOGS, "c", 1));

    await().atMost(SOON).until(() -> view(Signal.LOGS).accepted() == 1);
    await().atMost(SOON).until(() -> view(Signal.TRACES).skipped() == 11);
    assertThat(view(Signal.TRACES).problem())
        .isEqualTo("/v1/traces answered %d Nothing is at /v1/traces".formatted(status));
  }

  @Test
  void records_that_an_intake_does_not_want_are_counted_and_told() throws Exception {
    intake.answer(
        "/api/ingest",
        body ->
            body.equals("some")
                ? new StubIntake.Reply(
                    200,
                    "{\"accepted\":8,\"rejected\":2,\"errors\":[{\"message\":\"no service\"}]}",
                    Map.of())
                : new StubIntake.Reply(400, "{\"detail\":\"no record is valid\"}", Map.of()));
    intake.answer(
        "/v1/traces",
        body ->
            new StubIntake.Reply(
                200,
                "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"no name\"}}",
                Map.of()));
    sender.put(batch(Signal.LOGS, "some", 10));
    await().atMost(SOON).until(() -> view(Signal.LOGS).rejected() == 2);
    assertThat(view(Signal.LOGS))
        .isEqualTo(new SignalProgress.View("logs", "flowing", 8, 2, 0, 0, "no service"));
    sender.put(batch(Signal.LOGS, "none", 5));
    sender.put(batch(Signal.TRACES, "a", 3));

    await().atMost(SOON).until(() -> view(Signal.LOGS).rejected() == 7);
    assertThat(view(Signal.LOGS).problem())
        .isEqualTo("/api/ingest answered 400 no record is valid");
    await().atMost(SOON).until(() -> view(Signal.TRACES).accepted() == 2);
    assertThat(view(Signal.TRACES).problem()).isEqualTo("no name");
  }

  @Test
  void an_intake_that_is_not_there_yet_is_waited_for() throws Exception {
    URI url = intake.url();
    intake.close();
    try (Sender early = new Sender(new Intake(url, Optional.empty(), Optional.empty()))) {
      early.put(batch(Signal.LOGS, "a", 1));
      await().atMost(SOON).until(() -> early.views().get(0).retries() > 0);

      SignalProgress.View view = early.views().get(0);
      assertThat(view.state()).isEqualTo("waiting");
      assertThat(view.problem()).startsWith(url + " does not answer: ");
    }
  }

  @Test
  void the_key_is_sent_as_the_intake_asks_for_it() throws Exception {
    try (Sender keyed =
        new Sender(new Intake(intake.url(), Optional.of("secret"), Optional.empty()))) {
      keyed.put(batch(Signal.LOGS, "a", 1));
      await().atMost(SOON).until(() -> keyed.views().get(0).accepted() == 1);
    }
    assertThat(intake.keys()).containsExactly("Bearer secret");
  }
}
