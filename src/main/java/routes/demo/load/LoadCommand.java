package routes.demo.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** {@code java -jar camel-app.jar load}: sends a load to an intake and tells what became of it. */
public final class LoadCommand {

  private static final int OK = 0;
  private static final int NOTHING_ACCEPTED = 1;
  private static final int BAD_ARGUMENT = 2;

  private LoadCommand() {}

  /**
   * Runs it.
   *
   * @param arguments those after {@code load}
   * @return the code to exit with
   */
  public static int run(List<String> arguments, PrintStream out) throws InterruptedException {
    if (arguments.contains("--help")) {
      out.println(LoadOptions.USAGE);
      return OK;
    }
    LoadOptions options;
    try {
      options = LoadOptions.parse(arguments);
    } catch (IllegalArgumentException refused) {
      out.println(refused.getMessage());
      out.println(LoadOptions.USAGE);
      return BAD_ARGUMENT;
    }
    Load load = new Load(options);
    Duration took = load.run();
    out.println(load.report().text(options, took));
    return load.report().accepted() > 0 ? OK : NOTHING_ACCEPTED;
  }
}
