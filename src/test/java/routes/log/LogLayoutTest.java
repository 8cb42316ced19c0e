package routes.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The log as {@code logback.xml} writes it, when what others named or sent is in it. */
class LogLayoutTest {

  private static final String FORGED =
      "a\n12:00:00.000 ERROR r.CamelApp - forged\r\u001b[2J\u0085\u009b31m\u2028\u202eb\u0000\tc";

  private static final String SHOWN =
      "a\\n12:00:00.000 ERROR r.CamelApp - forged\\r\\u001b[2J\\u0085\\u009b31m\\u2028\\u202eb\\u0000\tc";

  @Test
  void a_message_is_one_line_of_text_whatever_is_in_it() throws Exception {
    List<String> lines = written("text", "{} is not read", FORGED, null).lines().toList();
    assertThat(lines)
        .singleElement()
        .satisfies(line -> assertThat(line).endsWith(SHOWN + " is not read"));
    assertThat(written("text", "{}", "قیمت‌ها é 語", null)).contains("قیمت‌ها é 語");
  }

  @Test
  void only_a_stack_trace_has_lines_of_its_own() throws Exception {
    IllegalStateException thrown =
        new IllegalStateException(FORGED, new IOException("cause " + FORGED));
    thrown.addSuppressed(new IOException("beside " + FORGED));
    List<String> lines = written("text", "{} failed", "it", thrown).lines().toList();

    assertThat(lines)
        .contains(
            "java.lang.IllegalStateException: " + SHOWN,
            "Caused by: java.io.IOException: cause " + SHOWN,
            "\tSuppressed: java.io.IOException: beside " + SHOWN);
    assertThat(lines.subList(2, lines.size()))
        .allMatch(line -> line.startsWith("\t") || line.startsWith("Caused by: "));
  }

  @Test
  void json_is_one_line_too() throws Exception {
    String line = written("json", "{} failed", FORGED, new IOException(FORGED));

    assertThat(line.strip().lines()).hasSize(1);
    assertThat(line.strip()).doesNotContain("\u001b", "\u0000");
    assertThat(new ObjectMapper().readTree(line).get("message").asText())
        .isEqualTo(FORGED + " failed");
  }

  private static String written(
      String format, String message, String argument, @Nullable Throwable thrown) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("LOG_FORMAT", format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(LogLayoutTest.class.getResource("/logback.xml")));
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    OutputStreamAppender<ILoggingEvent> console =
        (OutputStreamAppender<ILoggingEvent>) root.getAppender("console");
    ILoggingEvent event =
        new LoggingEvent(
            LogLayoutTest.class.getName(),
            root,
            Level.WARN,
            message,
            thrown,
            new Object[] {argument});
    try {
      return new String(console.getEncoder().encode(event), UTF_8);
    } finally {
      context.stop();
    }
  }
}
