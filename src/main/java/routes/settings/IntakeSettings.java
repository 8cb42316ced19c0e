package routes.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import routes.inbox.WhenFinished;

/**
 * How logs come in.
 *
 * @param port 0 = any free port
 * @param apiKeys the accepted keys; empty = everybody may send
 * @param finishedAfter how long a file in the inbox must be unchanged to count as complete
 */
public record IntakeSettings(
    String host,
    int port,
    List<Secret> apiKeys,
    IntakeLimits limits,
    Path inboxDir,
    Duration finishedAfter,
    WhenFinished whenFinished) {

  private static final long MAX_FINISHED_MILLIS = Duration.ofDays(7).toMillis();

  static IntakeSettings from(SettingsFile file, Cloud cloud) {
    return new IntakeSettings(
        Host.of(file.value("ingest.host"), cloud),
        file.value("ingest.port").port(),
        file.value("ingest.api-keys").secrets(),
        IntakeLimits.from(file),
        file.value("inbox.dir").path(),
        file.value("inbox.finished-after-ms").millis(0, MAX_FINISHED_MILLIS),
        file.value("inbox.when-finished").oneOf(WhenFinished.class));
  }
}
