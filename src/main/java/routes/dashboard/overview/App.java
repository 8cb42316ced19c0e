package routes.dashboard.overview;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.cloud.AwsSettings;
import routes.cloud.ResourceSettings;
import routes.settings.Cloud;
import routes.settings.Role;
import routes.signal.Signals;

/**
 * What stays the same while the app runs.
 *
 * @param version null when it does not run from its jar
 * @param started tells one run from the next
 * @param role which part of the work this process does
 * @param cloud {@code embedded}, {@code emulator} or {@code aws}
 * @param endpoint null for AWS itself
 * @param signals what is taken, logs first
 * @param intake whether it takes records in
 * @param intakeUrl where, as this machine sees it; null when it does not
 * @param delivery whether it delivers them
 * @param flushSeconds after how many an object is closed, counted from its first record; null when
 *     it does not deliver
 * @param writable whether records may be put, and dead letters replayed and discarded, through this
 *     dashboard
 */
public record App(
    @Nullable String version,
    Instant started,
    String role,
    String cloud,
    @Nullable URI endpoint,
    String region,
    String stream,
    String lake,
    List<SignalPlace> signals,
    String stateBucket,
    String deadLetterQueue,
    boolean intake,
    @Nullable URI intakeUrl,
    boolean delivery,
    @Nullable Double flushSeconds,
    boolean writable) {

  /** A signal, with its stream and its bucket. */
  public record SignalPlace(String signal, String stream, String bucket) {

    static SignalPlace of(Signals.Place place) {
      return new SignalPlace(place.signal().word(), place.stream(), place.bucket());
    }
  }

  /** The facts of a process that started at this moment. */
  public static App of(
      Role role,
      AwsSettings aws,
      ResourceSettings resources,
      Instant started,
      URI embedded,
      URI intake,
      Duration flushInterval,
      boolean writable) {
    Optional<URI> endpoint =
        aws.cloud() == Cloud.EMBEDDED ? Optional.of(embedded) : aws.endpointUrl();
    return new App(
        App.class.getPackage().getImplementationVersion(),
        started,
        role.name().toLowerCase(Locale.ROOT),
        cloud(aws),
        endpoint.orElse(null),
        aws.region(),
        resources.stream(),
        resources.lake(),
        resources.signals().places().stream().map(SignalPlace::of).toList(),
        resources.state(),
        resources.deadLetterQueue(),
        role.takesIn(),
        role.takesIn() ? intake : null,
        role.delivers(),
        role.delivers() ? flushInterval.toMillis() / 1000.0 : null,
        writable);
  }

  private static String cloud(AwsSettings aws) {
    if (aws.cloud() == Cloud.EMBEDDED) {
      return "embedded";
    }
    return aws.endpointUrl().isPresent() ? "emulator" : "aws";
  }
}
