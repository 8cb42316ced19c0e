package routes.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import routes.http.HttpSettings;
import routes.inbox.WhenFinished;
import routes.settings.Cloud;
import routes.settings.SettingsReader;

/**
 * How records come in.
 *
 * @param deadLetters whether what is rejected over HTTP goes to the dead-letter queue too
 * @param finishedAfter how long a file in the inbox must be unchanged to count as complete
 * @param serviceLabel the label of Prometheus's series whose value is their service
 */
public record IngestSettings(
    HttpSettings http,
    boolean deadLetters,
    Path inboxDir,
    Duration finishedAfter,
    WhenFinished whenFinished,
    String serviceLabel) {

  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,127}");
  private static final long MAX_FINISHED_MILLIS = Duration.ofDays(7).toMillis();

  /** Reads them. */
  public static IngestSettings from(SettingsReader reader, Cloud cloud) {
    return new IngestSettings(
        HttpSettings.from(reader, cloud),
        reader.value("dead-letter.http").flag(),
        reader.value("inbox.dir").path(),
        reader.value("inbox.finished-after-ms").millis(0, MAX_FINISHED_MILLIS),
        reader.value("inbox.when-finished").oneOf(WhenFinished.class),
        reader
            .value("remote-write.service-label")
            .matching(LABEL, "the name of a label, such as job"));
  }
}
