package routes;

import java.util.List;
import java.util.StringJoiner;
import routes.settings.Cloud;
import routes.settings.Settings;

/** What an operator wants to know first: which cloud, which ports, where data lies. */
final class Summary {

  private Summary() {}

  /**
   * @param running the routes that run
   */
  static String of(Settings settings, Endpoints endpoints, List<String> running) {
    StringJoiner lines = new StringJoiner("\n  ", "camel-app is up\n  ", "");
    lines.add("cloud      " + cloud(settings, endpoints));
    if (endpoints.ingest() != 0) {
      lines.add(
          "intake     %s://%s:%d/api/ingest and %s/*.jsonl"
              .formatted(
                  scheme(settings),
                  settings.intake().host(),
                  endpoints.ingest(),
                  settings.intake().inboxDir()));
    }
    if (settings.role().runsRoutes()) {
      lines.add(
          "stream     %s -> s3://%s (checkpoints in s3://%s, dead letters in %s)"
              .formatted(
                  settings.kinesis().streamName(),
                  settings.lake().bucket(),
                  settings.lake().stateBucket(),
                  settings.lake().deadLetterQueue()));
      lines.add(
          "dashboard  %s://%s:%d, signals under /observe/health and /observe/metrics"
              .formatted(scheme(settings), settings.dashboard().host(), endpoints.dashboard()));
      lines.add("routes     %s (%s)".formatted(String.join(", ", running), origin(settings)));
    }
    return lines.toString();
  }

  private static String cloud(Settings settings, Endpoints endpoints) {
    if (settings.aws().cloud() == Cloud.EMBEDDED) {
      return "EMBEDDED, http://localhost:%d, all data under %s"
          .formatted(
              endpoints.localCloud(), settings.localCloud().dataDir().toAbsolutePath().normalize());
    }
    return settings
        .aws()
        .endpointUrl()
        .map(endpoint -> "emulator at " + endpoint)
        .orElse("AWS, " + settings.aws().region());
  }

  private static String scheme(Settings settings) {
    return settings.tls().isPresent() ? "https" : "http";
  }

  private static String origin(Settings settings) {
    if (!settings.routes().onDisk()) {
      return "from inside the jar, there is no folder %s".formatted(settings.routes().dir());
    }
    return "from "
        + settings.routes().dir()
        + (settings.routes().reload() ? ", saved edits take effect" : "");
  }
}
