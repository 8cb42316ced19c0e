package routes.demo.logs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import routes.demo.text.Text;

/** Times as various systems write them, in UTC. */
final class ClockText {

  private static final DateTimeFormatter COMMON_LOG = format("dd/MMM/yyyy:HH:mm:ss Z");
  private static final DateTimeFormatter SYSLOG = format("MMM ppd HH:mm:ss");
  private static final DateTimeFormatter KLOG = format("MMdd HH:mm:ss.SSSSSS");
  private static final DateTimeFormatter SQL = format("yyyy-MM-dd HH:mm:ss.SSS 'UTC'");

  private ClockText() {}

  /** {@code 20/Nov/2026:09:00:00 +0000}, as Apache and nginx do. */
  static void commonLog(long nanos, Text out) {
    write(COMMON_LOG, nanos, out);
  }

  /** {@code Nov 20 09:00:00} (RFC 3164). */
  static void syslog(long nanos, Text out) {
    write(SYSLOG, nanos, out);
  }

  /** {@code 1120 09:00:00.123456}, as Kubernetes's own processes do. */
  static void klog(long nanos, Text out) {
    write(KLOG, nanos, out);
  }

  /** {@code 2026-11-20 09:00:00.123 UTC}, as PostgreSQL does. */
  static void sql(long nanos, Text out) {
    write(SQL, nanos, out);
  }

  private static void write(DateTimeFormatter format, long nanos, Text out) {
    out.put(format.format(Instant.ofEpochSecond(0, nanos)));
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
