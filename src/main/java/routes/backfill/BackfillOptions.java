package routes.backfill;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import routes.app.Options;

/**
 * Which hours to make.
 *
 * @param from the first, in whole hours since 1970
 * @param to the one after the last
 * @param service the one whose records count; empty = all
 */
record BackfillOptions(long from, long to, Optional<String> service) {

  static final String USAGE =
      """
      Usage: java -jar camel-app.jar backfill --from HOUR --to HOUR [--service NAME]

      Makes the objects of the batch layer out of those of the raw layer, for what the streams no
      longer have. What the batch layer has is left as it is, and what it will still deliver is
      left to it, so this may run beside the app, be stopped at any time and be run again.

        --from HOUR     the first hour of the records' own time, such as 2026-11-20T09:00:00Z
        --to HOUR       the hour after the last
        --service NAME  only this service's records

      Takes the settings of the app that delivers, from the environment, BATCH=true among them. On
      the embedded cloud the app must be running. Ends with 0 when the batch layer has all that
      the raw one has of these hours, 1 when something is left, 2 when it could not go on.
      """;

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException when they are none; the message says which and what to do
   */
  static BackfillOptions parse(List<String> arguments) {
    Map<String, String> given = Options.of(arguments, List.of("from", "to", "service"));
    Optional<Long> from = hour(given, "from");
    Optional<Long> to = hour(given, "to");
    if (from.isEmpty() || to.isEmpty() || from.get() >= to.get()) {
      throw new IllegalArgumentException(
          "--from and --to: both are needed, --from the earlier of the two");
    }
    return new BackfillOptions(from.get(), to.get(), Optional.ofNullable(given.get("service")));
  }

  private static Optional<Long> hour(Map<String, String> given, String name) {
    return Optional.ofNullable(given.get(name)).map(value -> hour(name, value));
  }

  private static long hour(String name, String value) {
    try {
      Duration since1970 = Duration.between(Instant.EPOCH, Instant.parse(value));
      if (!since1970.isNegative() && since1970.equals(Duration.ofHours(since1970.toHours()))) {
        return since1970.toHours();
      }
    } catch (DateTimeException noTime) {
      // Refused below.
    }
    throw new IllegalArgumentException(
        "--%s=%s: must be a full hour in UTC such as 2026-11-20T09:00:00Z".formatted(name, value));
  }
}
