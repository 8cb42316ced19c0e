package routes.dashboard.lake;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Locale;
import routes.record.ByteSlice;

/** Whether a record holds a text, in any case, as it is or as JSON escapes it. */
final class TextFilter {

  private final String wanted;
  private final String escaped;

  TextFilter(String text) {
    wanted = text.toLowerCase(Locale.ROOT);
    escaped =
        new String(JsonStringEncoder.getInstance().quoteAsString(text)).toLowerCase(Locale.ROOT);
  }

  boolean accepts(ByteSlice line) {
    String text = line.toString().toLowerCase(Locale.ROOT);
    return text.contains(wanted) || (!escaped.equals(wanted) && text.contains(escaped));
  }
}
