package routes;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.audit.AuditCommand;
import routes.backfill.BackfillCommand;
import routes.cloud.AwsClients;
import routes.cloud.CloudException;
import routes.demo.load.LoadCommand;
import routes.log.ControlCharacters;
import routes.partition.RecordPart;
import routes.record.RecordParsers;
import routes.reload.RouteProblem;
import routes.settings.SettingsException;
import routes.settings.SettingsReader;

/** What the command line may ask for; settings come from the environment. */
final class CommandLine {

  private static final Logger LOG = LoggerFactory.getLogger(CommandLine.class);
  private static final int CANNOT_START = 1;
  private static final int BAD_SETTING = 2;

  /** Something done with streams and lake beside the app. */
  private interface CloudCommand {

    /** Answers the code to exit with. */
    int run(Settings settings, RecordParsers parsers, AwsClients aws) throws InterruptedException;
  }

  /** Of the app; it serves when this returns. */
  interface Start {

    void with(Settings settings) throws Exception;
  }

  private CommandLine() {}

  /** Does what is asked for and ends the process; without arguments it starts the app. */
  static void run(List<String> arguments, Start app) {
    try {
      if (!arguments.isEmpty()) {
        System.exit(command(arguments.get(0), arguments.subList(1, arguments.size())));
      }
      // Libraries too write text for machines, by what they take for the user's language.
      Locale.setDefault(Locale.ROOT);
      Settings settings = Settings.load(System.getenv());
      SettingsReader.misspelled(System.getenv().keySet()).forEach(LOG::warn);
      app.with(settings);
    } catch (SettingsException refused) {
      exit(BAD_SETTING, refused.getMessage());
    } catch (CloudException failure) {
      exit(CANNOT_START, failure.getMessage());
    } catch (Exception | Error failure) {
      Optional<String> routes = RouteProblem.atStart(failure);
      if (routes.isEmpty()) {
        LOG.error("The start failed", failure);
      }
      exit(CANNOT_START, routes.orElse("The start failed: " + failure.getMessage()));
    }
  }

  /** Does it and answers the code to exit with. */
  private static int command(String command, List<String> options) throws Exception {
    if (command.equals("load")) {
      return LoadCommand.run(options, System.out);
    }
    if (command.equals("audit") && !options.contains("--help")) {
      return run(
          (settings, parsers, aws) ->
              new AuditCommand(settings.resources(), parsers, settings.delivery().dedupeWindow())
                  .run(options, aws.kinesis(), aws.s3(), System.out));
    }
    if (command.equals("backfill") && !options.contains("--help")) {
      return run(
          (settings, parsers, aws) ->
              new BackfillCommand(settings.resources(), settings.delivery(), parsers)
                  .run(options, aws.kinesis(), aws.s3(), System.out));
    }
    System.out.println(answer(command));
    return 0;
  }

  private static int run(CloudCommand command) throws InterruptedException {
    Settings settings = Settings.load(System.getenv());
    try (AwsClients aws = ChosenCloud.clientsFromOutside(settings)) {
      return command.run(settings, new RecordPart(settings.records()).streamParsers(), aws);
    }
  }

  /** Prints one line, whatever the message is: Camel's show the place in a YAML file on several. */
  private static void exit(int code, @Nullable String message) {
    String line = String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
    System.err.println(ControlCharacters.escape(line));
    System.exit(code);
  }

  /**
   * What is printed instead of a start.
   *
   * @throws SettingsException when there is no such command
   */
  static String answer(String command) {
    return switch (command) {
      case "--help", "-h" -> help();
      case "--version" -> version();
      case "audit" -> AuditCommand.usage();
      case "backfill" -> BackfillCommand.usage();
      default ->
          throw new SettingsException(
              command
                  + ": only --help, --version, load, audit and backfill are known; settings are environment variables");
    };
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
