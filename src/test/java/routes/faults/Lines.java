package routes.faults;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import routes.signal.Signal;

/** Makes records of a signal, of several services and hours. For one thread. */
final class Lines {

  private static final List<String> SERVICES = List.of("checkout", "search", "mail");
  private static final List<Integer> HOURS_AGO = List.of(0, 1, 30);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("'year='uuuu'/month='MM'/day='dd'/hour='HH", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Signal signal;
  private final String source;
  private final Random random;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS);
  private int made;

  /** Log records. */
  Lines(String source, Random random) {
    this(Signal.LOGS, source, random);
  }

  /**
   * @param source begins the number of each record
   */
  Lines(Signal signal, String source, Random random) {
    this.signal = signal;
    this.source = source;
    this.random = random;
  }

  Signal signal() {
    return signal;
  }

  List<Line> withRecordId(int count) {
    return Stream.generate(() -> line(true)).limit(count).toList();
  }

  List<Line> withoutId(int count) {
    return Stream.generate(() -> line(false)).limit(count).toList();
  }

  /** A text that is no record. */
  String poison() {
    return "no record %s-%d".formatted(source, made++);
  }

  private Line line(boolean withId) {
    String number = source + "-" + made++;
    String service = SERVICES.get(random.nextInt(SERVICES.size()));
    int hoursAgo = HOURS_AGO.get(random.nextInt(HOURS_AGO.size()));
    Instant time = start.minus(hoursAgo, ChronoUnit.HOURS).plusMillis(random.nextInt(3_600_000));
    String json =
        "{\"timestamp\":\"%s\",\"service\":\"%s\",%s,\"n\":\"%s\"%s,\"message\":\"%s\"}"
            .formatted(
                random.nextBoolean() ? time : time.atOffset(ZoneOffset.ofHours(2)),
                service,
                own(time),
                number,
                withId ? ",\"record_id\":\"%s\"".formatted(number) : "",
                "x".repeat(random.nextInt(200)));
    return new Line(
        number,
        json,
        "%s/service=%s/%s".formatted(Stage.bucket(signal), service, HOUR.format(time)));
  }

  /** What the signal asks for. */
  private String own(Instant time) {
    return switch (signal) {
      case LOGS -> "\"level\":\"INFO\"";
      case METRICS ->
          "\"name\":\"m\",\"type\":\"histogram\",\"count\":3,\"bucket_counts\":[1,2],\"explicit_bounds\":[0.5]";
      case TRACES ->
          "\"trace_id\":\"%s%s\",\"span_id\":\"%s\",\"end_timestamp\":\"%s\""
              .formatted(id(), id(), id(), time);
    };
  }

  private String id() {
    return HexFormat.of().toHexDigits(random.nextLong() | 1);
  }
}
