package routes.demo.logs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import routes.demo.data.Data;
import routes.demo.text.Text;

/**
 * The values that YAML may name: what is the case, such as {@code status} or {@code user_id}, and
 * what chance decides, such as {@code int(1,9)}, {@code pick(a|b)} or {@code word(table)}.
 */
final class Values {

  private static final Pattern CALL =
      Pattern.compile("(?<name>[a-z_0-9]+)(?:\\((?<arguments>.*)\\))?", Pattern.DOTALL);

  /** Of those a field is a number in JSON. */
  private static final Set<String> NUMBERS =
      Set.of(
          "int",
          "dec",
          "status",
          "duration_ms",
          "duration_s",
          "duration_us",
          "bytes",
          "amount",
          "items",
          "epoch",
          "port");

  /** Nothing but whole numbers, or nothing but true and false. */
  private static final Pattern BARE =
      Pattern.compile("-?\\d+(\\|-?\\d+)*|(true|false)(\\|(true|false))*");

  private static final Map<String, Value> FACTS = facts();

  private final Map<String, byte[][]> words = new LinkedHashMap<>();

  /**
   * @param lists names with lists of words
   */
  Values(Data lists) {
    lists.entries().forEach((name, list) -> words.put(name, escaped(list.texts())));
  }

  /** Whether a field of it stands without quotes in JSON. */
  boolean isBare(Data spec) {
    if (spec.isMap()) {
      return spec.entries().values().stream().allMatch(this::isBare);
    }
    Matcher call = call(spec, spec.text());
    String name = call.group("name");
    return NUMBERS.contains(name)
        || (name.equals("pick") && BARE.matcher(call.group("arguments")).matches());
  }

  /** A value, or one for each level. */
  Value read(Data spec) {
    if (!spec.isMap()) {
      return read(spec, spec.text());
    }
    NavigableMap<Level, Value> byLevel = new TreeMap<>();
    spec.entries().forEach((level, value) -> byLevel.put(Level.valueOf(level), read(value)));
    return (log, out) -> Level.nearest(byLevel, log.level()).write(log, out);
  }

  /**
   * @param place where it stands, for messages
   */
  Value read(Data place, String spec) {
    Matcher call = call(place, spec);
    String name = call.group("name");
    String arguments = call.group("arguments");
    if (arguments == null) {
      Value fact = FACTS.get(name);
      if (fact == null) {
        throw place.refused("\"%s\" is no value known here".formatted(name));
      }
      return fact;
    }
    return switch (name) {
      case "int" -> integer(place, split(arguments, ",", 2, place));
      case "dec" -> decimal(place, split(arguments, ",", 3, place));
      case "pick" -> oneOf(escaped(List.of(arguments.split("\\|", -1))));
      case "text" -> Value.constant(arguments);
      case "hex" -> hex((int) number(place, arguments));
      case "word" -> {
        byte[][] list = words.get(arguments);
        if (list == null) {
          throw place.refused("there is no list of words \"%s\"".formatted(arguments));
        }
        yield oneOf(list);
      }
      default -> throw place.refused("\"%s\" takes no arguments".formatted(name));
    };
  }

  private static Matcher call(Data place, String spec) {
    Matcher call = CALL.matcher(spec);
    if (!call.matches()) {
      throw place.refused("\"%s\" is no value such as status or int(1,9)".formatted(spec));
    }
    return call;
  }

  private static String[] split(String arguments, String by, int count, Data place) {
    String[] parts = arguments.split(by, -1);
    if (parts.length != count) {
      throw place.refused("\"%s\" must be %s arguments".formatted(arguments, count));
    }
    return parts;
  }

  private static Value integer(Data place, String[] bounds) {
    long low = (long) number(place, bounds[0]);
    long high = (long) number(place, bounds[1]);
    return (log, out) -> out.number(log.dice.between(low, high));
  }

  private static Value decimal(Data place, String[] arguments) {
    double low = number(place, arguments[0]);
    double high = number(place, arguments[1]);
    int places = (int) number(place, arguments[2]);
    return (log, out) -> out.decimal(low + (high - low) * log.dice.share(), places);
  }

  private static double number(Data place, String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException noNumber) {
      throw place.refused("\"%s\" must be a number".formatted(text));
    }
  }

  private static Value hex(int digits) {
    return (log, out) -> {
      for (int left = digits; left > 0; left -= 16) {
        out.hex(log.dice.bits(), Math.min(left, 16));
      }
    };
  }

  private static Value oneOf(byte[][] texts) {
    return (log, out) -> out.put(texts[log.dice.below(texts.length)]);
  }

  private static byte[][] escaped(List<String> texts) {
    return texts.stream().map(Text::escaped).toArray(byte[][]::new);
  }

  private static Map<String, Value> facts() {
    Map<String, Value> facts = new LinkedHashMap<>();
    facts.put("service", (log, out) -> out.put(log.situation().service()));
    facts.put("operation", (log, out) -> out.put(log.situation().operation()));
    facts.put("instance", (log, out) -> out.put(log.situation().instance().name()));
    facts.put("node", (log, out) -> out.put(log.situation().instance().node()));
    facts.put("zone", (log, out) -> out.put(log.situation().instance().zone()));
    facts.put("instance_ip", (log, out) -> out.put(log.situation().instance().ip()));
    facts.put("version", (log, out) -> out.put(log.situation().instance().version()));
    facts.put("peer", (log, out) -> out.put(log.situation().peer()));
    facts.put("error", (log, out) -> out.put(log.situation().error()));
    facts.put("status", (log, out) -> out.number(log.situation().status()));
    facts.put("method", (log, out) -> out.put(log.situation().route().method()));
    facts.put("route", (log, out) -> out.put(log.situation().route().template()));
    facts.put("path", (log, out) -> log.situation().route().writePath(log.dice, out));
    facts.put("duration_ms", (log, out) -> out.decimal(log.situation().durationNanos() / 1e6, 3));
    facts.put("duration_us", (log, out) -> out.number(log.situation().durationNanos() / 1000));
    facts.put("duration_s", (log, out) -> out.decimal(log.situation().durationNanos() / 1e9, 3));
    facts.put("bytes", (log, out) -> out.number(120 + log.dice.below(48_000)));
    facts.put("port", (log, out) -> out.number(32_768 + log.dice.below(28_000)));
    facts.put("ip", (log, out) -> out.put(log.situation().user().ip()));
    facts.put("user_id", (log, out) -> out.put(log.situation().user().id()));
    facts.put("user_name", (log, out) -> out.put(log.situation().user().name()));
    facts.put("email", (log, out) -> out.put(log.situation().user().email()));
    facts.put("country", (log, out) -> out.put(log.situation().user().country()));
    facts.put("agent", (log, out) -> out.put(log.situation().user().agent()));
    facts.put("session", (log, out) -> out.put(log.situation().user().session()));
    facts.put("order_id", (log, out) -> out.put(log.order().id()));
    facts.put("order_user", (log, out) -> out.put(log.order().user().id()));
    facts.put("amount", (log, out) -> out.decimal(log.order().cents() / 100.0, 2));
    facts.put("items", (log, out) -> out.number(log.order().items()));
    facts.put("sku", (log, out) -> out.put(log.order().sku()));
    facts.put("trace_id", Values::trace);
    facts.put("iso_time", (log, out) -> out.time(log.nanos()));
    facts.put("epoch", (log, out) -> out.number(log.nanos() / 1_000_000_000L));
    facts.put("clf_time", (log, out) -> ClockText.commonLog(log.nanos(), out));
    facts.put("syslog_time", (log, out) -> ClockText.syslog(log.nanos(), out));
    facts.put("klog_time", (log, out) -> ClockText.klog(log.nanos(), out));
    facts.put("sql_time", (log, out) -> ClockText.sql(log.nanos(), out));
    facts.put("uuid", Values::uuid);
    return facts;
  }

  private static void trace(Writing log, Text out) {
    Trace trace = log.situation().trace();
    if (trace == null) {
      out.put('-');
    } else {
      out.hex(trace.high(), 16).hex(trace.low(), 16);
    }
  }

  private static void uuid(Writing log, Text out) {
    long high = log.dice.bits();
    long low = log.dice.bits();
    out.hex(high >>> 32, 8).put('-').hex(high >>> 16, 4).put("-4").hex(high, 3).put('-');
    out.hex(8 | (low >>> 62), 1).hex(low >>> 48, 3).put('-').hex(low, 12);
  }
}
