package routes.speed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import routes.settings.Cloud;
import routes.settings.Secret;
import routes.settings.SettingsReader;
import routes.settings.Value;

/**
 * The database of the figures.
 *
 * @param url for JDBC, of PostgreSQL or H2; empty = nothing is counted
 * @param interval between two reads of a shard that has nothing more to give
 * @param keepMinutes how long figures of minutes are kept
 * @param keepHours the same for hours
 */
public record SpeedSettings(
    String url,
    String user,
    Secret password,
    Duration interval,
    Duration keepMinutes,
    Duration keepHours) {

  private static final String OFF = "off";
  private static final String EMBEDDED = "embedded";

  private static final Pattern URL =
      Pattern.compile(OFF + "|" + EMBEDDED + "|jdbc:postgresql:(?!.*password=)[!-~&&[^'\"]]+");

  private static final String H2 =
      "jdbc:h2:file:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
          + ";LOCK_TIMEOUT=60000;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=8192";

  private static final Pattern USER = Pattern.compile("[!-~&&[^'\"]]{1,63}");

  /** A shard iterator expires 300 seconds after it was handed out. */
  private static final int MAX_INTERVAL_SECONDS = 240;

  private static final int MAX_DAYS = 3650;

  /**
   * Reads them.
   *
   * @param cloud where AWS is; what is unset counts beside the embedded one, and else not at all
   * @param dataDir where the embedded cloud keeps everything
   */
  public static SpeedSettings from(SettingsReader reader, Cloud cloud, Path dataDir) {
    Value url = reader.value("speed.jdbc-url").orElse(cloud == Cloud.EMBEDDED ? EMBEDDED : OFF);
    String text =
        url.matching(URL, "jdbc:postgresql://HOST/DATABASE without a password, embedded or off");
    if (text.equals(EMBEDDED) && cloud != Cloud.EMBEDDED) {
      throw url.refused("is for the embedded cloud only; name a database of PostgreSQL");
    }
    Value password = reader.value("speed.password");
    return new SpeedSettings(
        switch (text) {
          case OFF -> "";
          case EMBEDDED -> H2.formatted(dataDir.toAbsolutePath().normalize().resolve("figures"));
          default -> text;
        },
        reader.value("speed.user").matching(USER, "1 to 63 characters without quotes"),
        password.isSet() ? password.secret() : new Secret(""),
        reader.value("speed.interval").seconds(MAX_INTERVAL_SECONDS),
        days(reader.value("speed.keep-minutes-days")),
        days(reader.value("speed.keep-hours-days")));
  }

  /** Whether anything is counted. */
  public boolean enabled() {
    return !url.isEmpty();
  }

  private static Duration days(Value days) {
    return Duration.ofDays(days.integer(1, MAX_DAYS));
  }
}
