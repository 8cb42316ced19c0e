package routes.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.Nullable;

/** The message of an event on one line, whatever was put into it. */
public final class OneLineMessage extends MessageConverter {

  @Override
  public String convert(ILoggingEvent event) {
    @Nullable String message = event.getFormattedMessage();
    return message == null ? "" : ControlCharacters.escape(message);
  }
}
