package routes.dashboard.alerts;

import static routes.dashboard.stats.Series.BLOCKED_SECONDS;
import static routes.dashboard.stats.Series.BROKEN_ROUTES;
import static routes.dashboard.stats.Series.DEAD_LETTERS;
import static routes.dashboard.stats.Series.DELIVERED_RECORDS;
import static routes.dashboard.stats.Series.GAPS;
import static routes.dashboard.stats.Series.LAG_SECONDS;
import static routes.dashboard.stats.Series.LAKE_FAULTS;
import static routes.dashboard.stats.Series.OLDEST_LETTER_SECONDS;
import static routes.dashboard.stats.Series.PUBLISHED_RECORDS;
import static routes.dashboard.stats.Series.RECEIPTS_BLOCKED_SECONDS;
import static routes.dashboard.stats.Series.RECEIVED_RECORDS;
import static routes.dashboard.stats.Series.RETENTION_USED;
import static routes.dashboard.stats.Series.THROTTLED_RECORDS;
import static routes.dashboard.stats.Series.UNACCOUNTED_RECORDS;
import static routes.dashboard.stats.Series.WAITING_LETTERS;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import routes.dashboard.stats.History;
import routes.dashboard.stats.Reading;
import routes.dashboard.stats.Series;

/** The rules there are. */
final class Rules {

  /**
   * When there is something to look at.
   *
   * @param id a word that stays the same
   * @param advice what to look at or to do, a sentence
   */
  record Rule(String id, String advice, Check check) {

    /** A pure function of the numbers. */
    @FunctionalInterface
    interface Check {

      /** What is the case, as a sentence; empty when all is well. */
      Optional<String> check(History history, Reading now);
    }
  }

  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final Duration RECENT = Duration.ofMinutes(5);
  private static final double LAG_LIMIT_SECONDS = 300;
  private static final double RETENTION_LIMIT = 0.75;
  private static final double BLOCKED_LIMIT_SECONDS = 60;
  private static final double WAITING_LIMIT_SECONDS = 3600;
  private static final double THROTTLED_LIMIT = 0.01;

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "no-records",
              "See whether the senders run and reach the intake, and whether it asks them for a key.",
              Rules::quiet),
          new Rule(
              "lag",
              "See what Delivery waits for, or give the stream more shards. Kinesis drops records after the stream's retention.",
              Rules::lag),
          new Rule(
              "retention",
              "Lengthen the stream's retention now, then see what Delivery waits for.",
              Rules::retention),
          new Rule(
              "gap",
              "/observe/health names the sequence numbers. Lengthen the stream's retention, and see what delivery waited for.",
              Rules::gap),
          new Rule(
              "throttling",
              "Give the stream more shards, or spread hot partition keys; Streams shows which are hot.",
              Rules::throttling),
          new Rule(
              "dead-letters",
              "Look at their reasons under Dead letters, mend the sender and replay them.",
              Rules::deadLetters),
          new Rule(
              "dead-letters-wait",
              "Replay or discard them under Dead letters; SQS drops them after the queue's retention.",
              Rules::deadLettersWait),
          new Rule(
              "unaccounted",
              "Audit says which hours; java -jar camel-app.jar audit names each record.",
              Rules::unaccounted),
          new Rule(
              "lake-faults",
              "Audit names hour, service and object. Restore it from a version or a copy; java -jar camel-app.jar audit names each record.",
              Rules::lakeFaults),
          new Rule(
              "receipts",
              "Records are taken and delivered as ever. The check intake at /observe/health says why; the intake needs s3:PutObject on receipts/* of the state bucket.",
              Rules::receipts),
          new Rule(
              "routes",
              "Routes names the file, the line and the reason. Save it mended, or as it was.",
              Rules::brokenRoutes),
          new Rule(
              "blocked",
              "The log and /observe/health say what failed: S3, SQS, permissions or the settings.",
              Rules::blocked));

  private Rules() {}

  private static Optional<String> quiet(History history, Reading now) {
    Reading then = history.ago(QUIET, now.at());
    if (then == null
        || then.at().isAfter(now.at().minus(QUIET))
        || growth(RECEIVED_RECORDS, then, now) > 0
        || growth(DELIVERED_RECORDS, then, now) > 0) {
      return Optional.empty();
    }
    return Optional.of("No records came in for 10 minutes.");
  }

  private static Optional<String> lag(History history, Reading now) {
    double lag = now.value(LAG_SECONDS);
    return lag <= LAG_LIMIT_SECONDS
        ? Optional.empty()
        : Optional.of("The oldest undelivered record is %s old.".formatted(minutes(lag)));
  }

  private static Optional<String> retention(History history, Reading now) {
    double used = now.value(RETENTION_USED);
    return used <= RETENTION_LIMIT
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The oldest undelivered record has used up %.0f %% of the stream's retention.",
                100 * used));
  }

  private static Optional<String> gap(History history, Reading now) {
    Reading then = history.ago(RECENT, now.at());
    return then == null || growth(GAPS, then, now) <= 0
        ? Optional.empty()
        : Optional.of("The stream has dropped records before they were delivered.");
  }

  private static Optional<String> throttling(History history, Reading now) {
    Reading then = history.ago(RECENT, now.at());
    if (then == null) {
      return Optional.empty();
    }
    double throttled = growth(THROTTLED_RECORDS, then, now);
    double share = throttled / Math.max(1, throttled + growth(PUBLISHED_RECORDS, then, now));
    return share <= THROTTLED_LIMIT
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Kinesis refused %.1f %% of the records sent within 5 minutes, as a shard was full.",
                100 * share));
  }

  private static Optional<String> deadLetters(History history, Reading now) {
    Reading then = history.ago(RECENT, now.at());
    double arrived = then == null ? 0 : growth(DEAD_LETTERS, then, now);
    return arrived <= 0
        ? Optional.empty()
        : Optional.of(
            String.format(Locale.ROOT, "%.0f dead letters arrived within 5 minutes.", arrived));
  }

  private static Optional<String> deadLettersWait(History history, Reading now) {
    double oldest = now.value(OLDEST_LETTER_SECONDS);
    return oldest <= WAITING_LIMIT_SECONDS
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%.0f dead letters wait, the oldest for %s.",
                now.value(WAITING_LETTERS),
                minutes(oldest)));
  }

  private static Optional<String> unaccounted(History history, Reading now) {
    double unaccounted = now.value(UNACCOUNTED_RECORDS);
    return unaccounted <= 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,.0f records that arrived within a day are not accounted for.",
                unaccounted));
  }

  private static Optional<String> lakeFaults(History history, Reading now) {
    double faults = now.value(LAKE_FAULTS);
    return faults <= 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Hours of the lake are not what was put there, in %.0f places.",
                faults));
  }

  private static Optional<String> receipts(History history, Reading now) {
    double blocked = now.value(RECEIPTS_BLOCKED_SECONDS);
    return blocked <= BLOCKED_LIMIT_SECONDS
        ? Optional.empty()
        : Optional.of(
            "The audit has not been told for %s what Kinesis acknowledged to this process, and does not compare it."
                .formatted(minutes(blocked)));
  }

  private static Optional<String> brokenRoutes(History history, Reading now) {
    double broken = now.value(BROKEN_ROUTES);
    return broken <= 0
        ? Optional.empty()
        : Optional.of(
            broken == 1
                ? "A route file cannot run as it was saved."
                : String.format(
                    Locale.ROOT, "%.0f route files cannot run as they were saved.", broken));
  }

  private static Optional<String> blocked(History history, Reading now) {
    double blocked = now.value(BLOCKED_SECONDS);
    return blocked <= BLOCKED_LIMIT_SECONDS
        ? Optional.empty()
        : Optional.of("Delivery of a shard has been stuck for %s.".formatted(minutes(blocked)));
  }

  private static double growth(Series series, Reading then, Reading now) {
    return now.value(series) - then.value(series);
  }

  private static String minutes(double seconds) {
    long minutes = Math.round(seconds / 60);
    return minutes == 1 ? "1 minute" : minutes + " minutes";
  }
}
