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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of one setting and the environment variable it comes from. Each method reads the text as
 * one type and throws a {@link SettingsException} that says what is allowed.
 */
record Value(String variable, String text) {

  private static final Pattern SIZE =
      Pattern.compile("(?<number>[0-9]{1,12}) ?(?<unit>|B|KB|MB|GB)", Pattern.CASE_INSENSITIVE);
  private static final Pattern SECRET = Pattern.compile("[!-~]{1,256}");
  private static final int SHOWN = 100;

  boolean isSet() {
    return !text.isEmpty();
  }

  Value orElse(String derivedDefault) {
    return isSet() ? this : new Value(variable, derivedDefault);
  }

  String matching(Pattern pattern, String allowed) {
    if (!pattern.matcher(text).matches()) {
      throw mustBe(allowed);
    }
    return text;
  }

  boolean flag() {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw mustBe("true or false");
    };
  }

  <E extends Enum<E>> E oneOf(Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw mustBe(
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "one of ", "")));
  }

  int integer(int min, int max) {
    return (int) whole(min, max, min + " to " + max);
  }

  int port() {
    return (int) whole(0, 65_535, "0 to 65535 (0 = any free port)");
  }

  Duration millis(long min, long max) {
    return Duration.ofMillis(whole(min, max, min + " to " + max + " milliseconds"));
  }

  Duration hours(long max) {
    return Duration.ofHours(whole(0, max, "0 to " + max + " hours"));
  }

  Duration seconds(int max) {
    try {
      BigDecimal seconds = new BigDecimal(text);
      if (seconds.signum() >= 0 && seconds.compareTo(BigDecimal.valueOf(max)) <= 0) {
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw mustBe("0 to " + max + " seconds, decimals allowed");
  }

  /** 1 KB is 1024 bytes, as in the JVM's own options. */
  long bytes(long min, long max) {
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
        return number << shift;
      }
    }
    throw mustBe(
        "bytes from " + min + " to " + max + ", also with KB, MB or GB (1 KB = 1024 bytes)");
  }

  Path path() {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw mustBe("a path on this machine");
    }
  }

  URI url() {
    return httpUrl()
        .orElseThrow(() -> mustBe("http:// or https:// with a host and without credentials"));
  }

  /** A URL that must not be shown. */
  Secret secretUrl() {
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

  Secret secret() {
    if (!SECRET.matcher(text).matches()) {
      throw new SettingsException(
          variable + ": each must be 1 to 256 visible ASCII characters, no spaces");
    }
    return new Secret(text);
  }

  List<Secret> secrets() {
    if (!isSet()) {
      return List.of();
    }
    return Arrays.stream(text.split(",", -1))
        .map(key -> new Value(variable, key.strip()).secret())
        .toList();
  }

  SettingsException mustBe(String allowed) {
    return refused("must be " + allowed);
  }

  /** A value that is well formed but does not fit; the reason is a clause, no full stop. */
  SettingsException refused(String reason) {
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
