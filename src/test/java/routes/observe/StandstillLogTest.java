package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandstillLogTest {

  private final Check check = new Check();
  private final List<String> lines = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final StandstillLog log = new StandstillLog(List.of(check), () -> now, lines::add);

  @Test
  void a_check_that_is_down_is_a_line_and_one_more_once_it_is_up() {
    look(null);
    look("Cannot read for 16 s now: denied");
    look("Cannot read for 21 s now: denied");
    look(null);
    look(null);

    assertThat(lines)
        .containsExactly(
            "Not ready, service: Cannot read for 16 s now: denied",
            "Ready again, service: it was not for 10 s");
  }

  @Test
  void another_reason_is_a_line_but_not_every_other_second() {
    look("denied");
    look("throttled");
    assertThat(lines).hasSize(1);

    now = now.plusSeconds(60);
    look("throttled");

    assertThat(lines)
        .containsExactly("Not ready, service: denied", "Not ready, service: throttled");
  }

  @Test
  void what_stands_still_without_being_a_reason_not_to_be_ready_is_a_line_as_well() {
    check.ready = true;
    look("a.jsonl: Permission denied");
    look("a.jsonl: Permission denied");
    look(null);

    assertThat(lines)
        .containsExactly(
            "Stands still, service: a.jsonl: Permission denied",
            "Goes on, service: it stood still for 10 s");
  }

  private void look(@Nullable String objection) {
    check.objection = objection;
    log.run();
    now = now.plusSeconds(5);
  }

  private static final class Check extends AbstractHealthCheck {

    private @Nullable String objection;
    private boolean ready;

    Check() {
      super("camel-app", "service");
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
      if (objection == null) {
        result.up();
      } else if (ready) {
        result.detail(StandstillLog.STANDSTILL, objection).up();
      } else {
        result.message(objection).down();
      }
    }
  }
}
