package routes.demo.logs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import routes.demo.people.Dice;
import routes.demo.text.Text;

/**
 * What a request asks for, such as {@code GET /api/products/{id}}.
 *
 * @param method of HTTP, or the kind of call
 * @param template the path with its parameter, if it has one
 */
public record Route(String method, String template, String before, String after) {

  private static final Pattern PARAMETER = Pattern.compile("\\{[a-z]+}");
  private static final int IDS = 5_000;

  /** Reads {@code GET /path}; a text without a blank is a name without method. */
  public static Route of(String text) {
    int blank = text.indexOf(' ');
    String method = blank < 0 ? "CALL" : text.substring(0, blank);
    String template = text.substring(blank + 1);
    Matcher parameter = PARAMETER.matcher(template);
    return parameter.find()
        ? new Route(
            method,
            template,
            template.substring(0, parameter.start()),
            template.substring(parameter.end()))
        : new Route(method, template, template, "");
  }

  void writePath(Dice dice, Text out) {
    out.put(before);
    if (before.length() < template.length()) {
      out.number(1000 + dice.below(IDS)).put(after);
    }
  }
}
