package routes.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of one setting and the environment variable it comes from. Each method reads the text as
 * one type and throws a {@link SettingsException} that says what is allowed.
 */
public final class Value {

  private static final Pattern SIZE =
      Pattern.compile("(?<number>[0-9]{1,12}) ?(?<unit>|B|KB|MB|GB)", Pattern.CASE_INSENSITIVE);
  private static final Pattern SECRET = Pattern.compile("[!-~]{1,256}");
  private static final String OFF = "off";
  private static final int SHOWN = 100;

  private final String variable;
  private final String text;
  private final Consumer<String> plain;

  /**
   * @param plain takes the value in the form Camel reads, once it is found to be allowed
   */
  Value(String variable, String text, Consumer<String> plain) {
    this.variable = variable;
    this.text = text;
    this.plain = plain;
  }

  /** The environment variable. */
  public String variable() {
    return variable;
  }

  public boolean isSet() {
    return !text.isEmpty();
  }

  /** Empty where it is unset, for Camel too. */
  public <T> Optional<T> ifSet(Function<Value, T> read) {
    if (isSet()) {
      return Optional.of(read.apply(this));
    }
    plain.accept("");
    return Optional.empty();
  }

  /** The same setting as if nobody had set it. */
  public Value unset() {
    return new Value(variable, "", plain);
  }

  public Value orElse(String derivedDefault) {
    return isSet() ? this : new Value(variable, derivedDefault, plain);
  }

  public String matching(Pattern pattern, String allowed) {
    if (!pattern.matcher(text).matches()) {
      throw mustBe(allowed);
    }
    return checked(text, text);
  }

  public boolean flag() {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> checked(true, "true");
      case "false" -> checked(false, "false");
      default -> throw mustBe("true or false");
    };
  }

  public <E extends Enum<E>> E oneOf(Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return checked(constant, constant.name().toLowerCase(Locale.ROOT));
      }
    }
    throw mustBe(
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "one of ", "")));
  }

  public int integer(int min, int max) {
    int number = (int) whole(min, max, min + " to " + max);
    return checked(number, Integer.toString(number));
  }

  public int port() {
    int port = (int) whole(0, 65_535, "0 to 65535 (0 = any free port)");
    return checked(port, Integer.toString(port));
  }

  /** Empty for {@code off}. */
  public OptionalInt portOrOff() {
    if (text.equalsIgnoreCase(OFF)) {
      return checked(OptionalInt.empty(), OFF);
    }
    int port = (int) whole(0, 65_535, "0 to 65535 (0 = any free port), or off");
    return checked(OptionalInt.of(port), Integer.toString(port));
  }

  public Duration millis(long min, long max) {
    long millis = whole(min, max, min + " to " + max + " milliseconds");
    return checked(Duration.ofMillis(millis), Long.toString(millis));
  }

  public Duration hours(long max) {
    long hours = whole(0, max, "0 to " + max + " hours");
    return checked(Duration.ofHours(hours), Long.toString(hours));
  }

  public Duration seconds(int max) {
    try {
      BigDecimal seconds = new BigDecimal(text);
      if (seconds.signum() >= 0 && seconds.compareTo(BigDecimal.valueOf(max)) <= 0) {
        long millis = seconds.movePointRight(3).longValue();
        return checked(Duration.ofMillis(millis), Long.toString(millis));
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw mustBe("0 to " + max + " seconds, decimals allowed");
  }

  /** 1 KB is 1024 bytes, as in the JVM's own options. */
  public long bytes(long min, long max) {
    Matcher size = SIZE.matcher(text);
    if (size.matches()) {
      int shift =
          switch (size.group("unit").toUpperCase(Locale.ROOT)) {
            case "KB" -> 10;
            case "MB" -> 20;
            case "GB" -> 30;
            default -> 0;
          };
      long number = Long.parseLong(size.group("number"));
      if (number <= max >> shift && number << shift >= min) {
        long bytes = number << shift;
        return checked(bytes, Long.toString(bytes));
      }
    }
    throw mustBe(
        "bytes from " + min + " to " + max + ", also with KB, MB or GB (1 KB = 1024 bytes)");
  }

  public Path path() {
    try {
      return checked(Path.of(text), text);
    } catch (InvalidPathException e) {
      throw mustBe("a path on this machine");
    }
  }

  public URI url() {
    URI url =
        httpUrl()
            .orElseThrow(() -> mustBe("http:// or https:// with a host and without credentials"));
    return checked(url, text);
  }

  /** A URL that must not be shown. */
  public Secret secretUrl() {
    if (httpUrl().isEmpty()) {
      throw new SettingsException(
          variable + ": must be http:// or https:// with a host and without credentials");
    }
    return new Secret(text);
  }

  private Optional<URI> httpUrl() {
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return Optional.of(url).filter(u -> http && u.getHost() != null && u.getUserInfo() == null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  public Secret secret() {
    if (!SECRET.matcher(text).matches()) {
      throw new SettingsException(
          variable + ": each must be 1 to 256 visible ASCII characters, no spaces");
    }
    return new Secret(text);
  }

  public List<Secret> secrets() {
    if (!isSet()) {
      return List.of();
    }
    return Arrays.stream(text.split(",", -1))
        .map(key -> new Value(variable, key.strip(), plain).secret())
        .toList();
  }

  /**
   * Reads the text as a type of one floor alone.
   *
   * @param read throws an {@link IllegalArgumentException} with what is wrong, as a clause
   * @param form in which Camel takes it
   */
  public <T> T as(Function<String, T> read, Function<T, String> form) {
    try {
      T value = read.apply(text);
      return checked(value, form.apply(value));
    } catch (IllegalArgumentException wrong) {
      throw refused(String.valueOf(wrong.getMessage()));
    }
  }

  private <T> T checked(T value, String form) {
    plain.accept(form);
    return value;
  }

  public SettingsException mustBe(String allowed) {
    return refused("must be " + allowed);
  }

  /** A value that is well formed but does not fit; the reason is a clause, no full stop. */
  public SettingsException refused(String reason) {
    return new SettingsException(variable + "=" + shown() + ": " + reason);
  }

  /** On one line, of bearable length, and without a password somebody put into a URL. */
  private String shown() {
    String line = text.replaceAll("\\p{Cntrl}", "?").replaceAll("//[^/]*@", "//(hidden)@");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }

  private long whole(long min, long max, String allowed) {
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw mustBe(allowed);
  }
}
