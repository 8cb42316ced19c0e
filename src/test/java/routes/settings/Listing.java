package routes.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code application.properties} says about each setting, its comment included. */
record Listing(String property, List<String> variables, String defaultText, String meaning) {

  private static final Path FILE = Path.of("src/main/resources/application.properties");
  private static final Pattern SETTING =
      Pattern.compile("([a-z0-9.-]+) = ((?:\\{\\{env:[A-Z0-9_]+:)+)([^{}]*)(?:}})+");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z0-9_]+");

  static List<Listing> all() throws IOException {
    List<Listing> all = new ArrayList<>();
    String lineAbove = "";
    for (String line : Files.readAllLines(FILE)) {
      Matcher setting = SETTING.matcher(line);
      if (setting.matches()) {
        List<String> variables =
            VARIABLE.matcher(setting.group(2)).results().map(found -> found.group()).toList();
        String meaning = lineAbove.startsWith("# ") ? lineAbove.substring(2) : "";
        all.add(new Listing(setting.group(1), variables, setting.group(3), meaning));
      } else if (line.contains("{{env:")) {
        throw new AssertionError("Not the form of a setting: " + line);
      }
      lineAbove = line;
    }
    return all;
  }
}
