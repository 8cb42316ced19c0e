package routes.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code application.properties} resolved against an environment. A setting stands there as {@code
 * property.name = {{env:NAME:default}}}, the form Camel resolves too; a default may be another such
 * placeholder, which makes its variable an alias. An empty variable counts as unset.
 *
 * <p>What is read is also kept in the plain form Camel's components and expressions take.
 */
public final class SettingsReader {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{env:(?<name>[A-Z0-9_]+):(?<default>.*)}}");

  private static final Pattern NAME = Pattern.compile("\\{\\{env:([A-Z0-9_]+):");

  private final Map<String, Value> values = new TreeMap<>();
  private final NavigableMap<String, String> plain = new TreeMap<>();
  private final Map<String, String> env;

  /** The names of all environment variables that are settings. */
  private static Set<String> variables() {
    return NAME.matcher(text()).results().map(found -> found.group(1)).collect(toSet());
  }

  /**
   * What the file says of each setting, as it stands there but under the variable's name, and which
   * variables count where that is not set.
   */
  public static String help() {
    StringJoiner help = new StringJoiner("\n");
    String meaning = "";
    for (String line : text().lines().toList()) {
      Matcher setting = PLACEHOLDER.matcher(line.substring(line.indexOf('=') + 1).strip());
      if (setting.matches()) {
        String otherwise =
            NAME.matcher(setting.group("default")).replaceFirst("").replace("}}", "");
        help.add("  " + setting.group("name") + (otherwise.isEmpty() ? "" : "=" + otherwise));
        help.add("      " + meaning);
        NAME.matcher(setting.group("default"))
            .results()
            .forEach(alias -> help.add("      Not set, %s counts.".formatted(alias.group(1))));
      }
      meaning = line.replaceFirst("^# ", "").replace("`", "");
    }
    return help.toString();
  }

  /**
   * What of an environment is no setting but named almost like one.
   *
   * @return a sentence for each
   */
  public static List<String> misspelled(Collection<String> names) {
    return Misspellings.in(names, variables());
  }

  /**
   * Reads the file in the jar.
   *
   * @param env normally {@link System#getenv()}
   */
  public SettingsReader(Map<String, String> env) {
    this.env = env;
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String property : properties.stringPropertyNames()) {
      Matcher placeholder = PLACEHOLDER.matcher(properties.getProperty(property));
      if (placeholder.matches()) {
        values.put(property, resolve(property, placeholder));
      }
    }
  }

  /**
   * One setting, to be read as its type.
   *
   * @param property its name in the file
   * @throws IllegalArgumentException when the file has none of that name
   */
  public Value value(String property) {
    Value value = values.get(property);
    if (value == null) {
      throw new IllegalArgumentException("application.properties has no setting " + property);
    }
    return value;
  }

  /**
   * The values read so far under the names they have in the file, for Camel to use instead of the
   * file's: derived defaults filled in, sizes in bytes, durations in milliseconds. Secrets are left
   * out; no route needs them.
   */
  public NavigableMap<String, String> properties() {
    return Collections.unmodifiableNavigableMap(plain);
  }

  /** Whether the platform has set this variable of its own; no setting. */
  boolean marks(String variable) {
    return !env.getOrDefault(variable, "").isBlank();
  }

  private Value resolve(String property, Matcher placeholder) {
    String name = placeholder.group("name");
    String text = env.getOrDefault(name, "").strip();
    if (!text.isEmpty()) {
      return new Value(name, text, form -> plain.put(property, form));
    }
    String otherwise = placeholder.group("default");
    Matcher alias = PLACEHOLDER.matcher(otherwise);
    if (!alias.matches()) {
      return new Value(name, otherwise, form -> plain.put(property, form));
    }
    return resolve(property, alias);
  }

  private static String text() {
    try (InputStream in = SettingsReader.class.getResourceAsStream("/application.properties")) {
      if (in == null) {
        throw new IllegalStateException("application.properties is missing from the jar");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
