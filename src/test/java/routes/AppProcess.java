package routes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The application in a process of its own, with free ports and no environment but what is given.
 */
public final class AppProcess implements AutoCloseable {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "LOCAL_CLOUD_PORT",
          "0",
          "INGEST_PORT",
          "0",
          "OTLP_GRPC_PORT",
          "0",
          "DASHBOARD_PORT",
          "0",
          // A further reader of each stream, which is the subject of few.
          "SPEED_JDBC_URL",
          "off");

  private static final Duration STARTED = Duration.ofSeconds(60);
  private static final Pattern INTAKE = Pattern.compile("intake +(https?:\\S+)");
  private static final Pattern DASHBOARD = Pattern.compile("dashboard +(https?:[^,\\s]+)");

  private static final Pattern DEMO = Pattern.compile("demo +(https?:[^,\\s]+)");

  private final Process process;
  private final Path output;
  private final Path errors;

  /** Starts the classes of this build. */
  public AppProcess(Path directory, Map<String, String> env) throws IOException {
    this(
        directory,
        env,
        List.of(
            "-Xmx256m",
            // Its own log, not that of the tests on the same class path.
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            CamelApp.class.getName()));
  }

  /** Starts what the arguments of {@code java} say. */
  public AppProcess(Path directory, Map<String, String> env, List<String> arguments)
      throws IOException {
    output = directory.resolve("output.log");
    errors = directory.resolve("errors.log");
    ProcessBuilder builder =
        new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow());
    builder.command().addAll(arguments);
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().putAll(env);
    process =
        builder
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Where it takes records over HTTP; waits for its start. */
  public URI intake() {
    return shown(INTAKE);
  }

  /** Where its health is; waits for its start. */
  public URI health() {
    return shown(DASHBOARD).resolve("/observe/health");
  }

  /** Where the page of its demo is; waits for its start. */
  public URI demo() {
    return shown(DEMO);
  }

  private URI shown(Pattern address) {
    Matcher found =
        await()
            .atMost(STARTED)
            .until(
                () -> {
                  if (!process.isAlive()) {
                    throw new AssertionError("ended with " + process.exitValue() + ": " + errors());
                  }
                  return address.matcher(Files.readString(output));
                },
                Matcher::find);
    return URI.create(found.group(1));
  }

  /** What it wrote so far, its log among it. */
  public String written() throws IOException {
    return Files.readString(output) + Files.readString(errors);
  }

  /** The lines on standard error so far. */
  public List<String> errors() throws IOException {
    return Files.readAllLines(errors);
  }

  /** Asks it to stop, as {@code kill} does. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end and answers with its exit code. */
  public int exitCode(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + seconds + " s");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
