package routes;

import java.util.Objects;
import java.util.Optional;
import routes.audit.AuditCommand;
import routes.backfill.BackfillCommand;
import routes.settings.SettingsException;
import routes.settings.SettingsReader;

/** What the command line may ask for; settings come from the environment. */
final class CommandLine {

  private CommandLine() {}

  /**
   * What is printed instead of a start.
   *
   * @return empty without arguments
   * @throws SettingsException when an argument is none
   */
  static Optional<String> answer(String... arguments) {
    if (arguments.length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        switch (arguments[0]) {
          case "--help", "-h" -> help();
          case "--version" -> version();
          case "audit" -> AuditCommand.usage();
          case "backfill" -> BackfillCommand.usage();
          default ->
              throw new SettingsException(
                  arguments[0]
                      + ": only --help, --version, load, audit and backfill are known; settings are environment variables");
        });
  }

  private static String help() {
    return version()
        + """


        Takes logs, metrics and traces in over HTTP and from files, through Kinesis, into S3 by
        service and hour.
        Starts with:  java -jar camel-app.jar
        Sends a load: java -jar camel-app.jar load --help
        Audits the lake: java -jar camel-app.jar audit --help
        Makes the batch layer of past hours: java -jar camel-app.jar backfill --help
        Settings are environment variables:

        """
        + SettingsReader.help();
  }

  private static String version() {
    return "camel-app "
        + Objects.requireNonNullElse(
            CommandLine.class.getPackage().getImplementationVersion(), "(not packaged)");
  }
}
