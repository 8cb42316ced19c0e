package routes.app;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of a command, each a name and a value, such as {@code --from TIME}. */
public final class Options {

  private Options() {}

  /**
   * The values that are given, by name.
   *
   * @param names those that are known, without the dashes
   * @throws IllegalArgumentException when one is none of these or lacks its value; the message says
   *     which
   */
  public static Map<String, String> of(List<String> arguments, Collection<String> names) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String argument = arguments.get(i);
      String name = argument.replaceFirst("^--", "");
      if (!argument.startsWith("--") || !names.contains(name)) {
        throw new IllegalArgumentException(argument + ": is no option");
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(argument + ": needs a value");
      }
      given.put(name, arguments.get(i + 1));
    }
    return given;
  }
}
