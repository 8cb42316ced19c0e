package routes.faults;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Makes log records of several services and hours. For one thread. */
final class Lines {

  private static final List<String> SERVICES = List.of("checkout", "search", "mail");
  private static final List<Integer> HOURS_AGO = List.of(0, 1, 30);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("'year='uuuu'/month='MM'/day='dd'/hour='HH", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String source;
  private final Random random;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS);
  private int made;

  /**
   * @param source begins the number of each record
   */
  Lines(String source, Random random) {
    this.source = source;
    this.random = random;
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
        "{\"timestamp\":\"%s\",\"service\":\"%s\",\"level\":\"INFO\",\"n\":\"%s\"%s,\"message\":\"%s\"}"
            .formatted(
                random.nextBoolean() ? time : time.atOffset(ZoneOffset.ofHours(2)),
                service,
                number,
                withId ? ",\"record_id\":\"%s\"".formatted(number) : "",
                "x".repeat(random.nextInt(200)));
    return new Line(number, json, "service=%s/%s".formatted(service, HOUR.format(time)));
  }
}
