package routes.dashboard.query;

import java.util.Arrays;
import java.util.List;

/**
 * A text in which {@code *} stands for any characters, or none. Each part is looked for once, as a
 * regular expression would try all the places of one with all those of the others.
 *
 * @param parts what stands before, between and after the stars
 */
record Glob(List<String> parts) {

  static Glob of(String text) {
    return new Glob(Arrays.asList(text.split("\\*", -1)));
  }

  boolean matches(String text) {
    String first = parts.get(0);
    if (parts.size() == 1) {
      return text.equals(first);
    }
    if (!text.startsWith(first)) {
      return false;
    }
    int at = first.length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = text.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
    }
    String last = parts.get(parts.size() - 1);
    return at <= text.length() - last.length() && text.endsWith(last);
  }
}
