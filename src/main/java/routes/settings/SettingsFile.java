package routes.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code application.properties} resolved against an environment. A setting stands there as {@code
 * property.name = {{env:NAME:default}}}, the form Camel resolves too; a default may be another such
 * placeholder, which makes its variable an alias. An empty variable counts as unset.
 */
final class SettingsFile {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{env:(?<name>[A-Z0-9_]+):(?<default>.*)}}");

  private final Map<String, Value> values = new TreeMap<>();

  SettingsFile(Map<String, String> env) {
    Properties properties = read();
    for (String property : properties.stringPropertyNames()) {
      Matcher placeholder = PLACEHOLDER.matcher(properties.getProperty(property));
      if (placeholder.matches()) {
        values.put(property, resolve(placeholder, env));
      }
    }
  }

  Value value(String property) {
    Value value = values.get(property);
    if (value == null) {
      throw new IllegalArgumentException("application.properties has no setting " + property);
    }
    return value;
  }

  private static Value resolve(Matcher placeholder, Map<String, String> env) {
    String name = placeholder.group("name");
    String text = env.getOrDefault(name, "").strip();
    if (!text.isEmpty()) {
      return new Value(name, text);
    }
    String otherwise = placeholder.group("default");
    Matcher alias = PLACEHOLDER.matcher(otherwise);
    if (!alias.matches()) {
      return new Value(name, otherwise);
    }
    return resolve(alias, env);
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream in = SettingsFile.class.getResourceAsStream("/application.properties")) {
      if (in == null) {
        throw new IllegalStateException("application.properties is missing from the jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
