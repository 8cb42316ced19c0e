package routes.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import routes.access.Origins;
import routes.inbox.WhenFinished;
import routes.settings.Cloud;
import routes.settings.Host;
import routes.settings.Secret;
import routes.settings.SettingsReader;

/**
 * How logs come in.
 *
 * @param port 0 = any free port
 * @param apiKeys the accepted keys; empty = everybody may send
 * @param allowedOrigins of pages that may send from a browser; empty = none but its own
 * @param deadLetters whether what is rejected over HTTP goes to the dead-letter queue too
 * @param finishedAfter how long a file in the inbox must be unchanged to count as complete
 * @param serviceLabel the label of Prometheus's series whose value is their service
 */
public record IntakeSettings(
    String host,
    int port,
    List<Secret> apiKeys,
    List<String> allowedOrigins,
    IntakeLimits limits,
    boolean deadLetters,
    Path inboxDir,
    Duration finishedAfter,
    WhenFinished whenFinished,
    String serviceLabel) {

  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,127}");
  private static final long MAX_FINISHED_MILLIS = Duration.ofDays(7).toMillis();

  /** Reads them. */
  public static IntakeSettings from(SettingsReader reader, Cloud cloud) {
    return new IntakeSettings(
        Host.of(reader.value("ingest.host"), cloud),
        reader.value("ingest.port").port(),
        reader.value("ingest.api-keys").secrets(),
        reader
            .value("ingest.allowed-origins")
            .ifSet(value -> value.as(Origins::list, origins -> String.join(",", origins)))
            .orElse(List.of()),
        IntakeLimits.from(reader),
        reader.value("dead-letter.http").flag(),
        reader.value("inbox.dir").path(),
        reader.value("inbox.finished-after-ms").millis(0, MAX_FINISHED_MILLIS),
        reader.value("inbox.when-finished").oneOf(WhenFinished.class),
        reader
            .value("remote-write.service-label")
            .matching(LABEL, "the name of a label, such as job"));
  }
}
