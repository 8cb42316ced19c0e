package routes.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedWarningsTest {

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final RepeatedWarnings filter = new RepeatedWarnings();
  private final Logger log = context.getLogger("writer");

  @BeforeEach
  void start() {
    written.setContext(context);
    written.start();
    filter.start();
    context.addTurboFilter(filter);
    log.addAppender(written);
  }

  @Test
  void a_failure_is_written_once_a_minute_whatever_its_details() {
    for (int attempt = 0; attempt < 100; attempt++) {
      log.warn("Cannot {}: {}; trying again", "save shard-1", "request " + attempt);
      log.error("Failed delivery for id-{} on attempt 7".replace("{}", "" + attempt));
    }

    assertThat(written.list).hasSize(2);
  }

  @Test
  void another_thing_or_other_words_are_another_kind() {
    log.warn("Cannot {}: {}; trying again", "save shard-1", "away");
    log.warn("Cannot {}: {}; trying again", "save shard-2", "away");
    log.warn("Cannot {}: {}; gone", "save shard-1", "away");
    context.getLogger("another").addAppender(written);
    context.getLogger("another").warn("Cannot {}: {}; gone", "save shard-1", "away");

    assertThat(written.list).hasSize(4);
  }

  @Test
  void what_is_no_warning_is_written_each_time() {
    log.setLevel(Level.INFO);
    log.info("Got the lease of {}", "shard-1");
    log.info("Got the lease of {}", "shard-1");

    assertThat(written.list).hasSize(2);
  }

  @Test
  void what_was_left_out_is_counted_until_the_minute_is_over() {
    long start = System.nanoTime();

    assertThat(filter.leftOutSince("kind", start)).isZero();
    assertThat(filter.leftOutSince("kind", start + 1)).isEqualTo(-1);
    assertThat(filter.leftOutSince("kind", start + 2)).isEqualTo(-1);
    assertThat(filter.leftOutSince("kind", start + TimeUnit.SECONDS.toNanos(61))).isEqualTo(2);
    assertThat(filter.leftOutSince("kind", start + TimeUnit.SECONDS.toNanos(122))).isZero();
  }
}
