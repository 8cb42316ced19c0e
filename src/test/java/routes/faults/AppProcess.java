package routes.faults;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The real application in a process of its own. */
final class AppProcess {

  private static final Path JAR = Path.of("target", "camel-app.jar").toAbsolutePath();

  private final Process process;
  private boolean ending;

  /** Starts without waiting until it serves; what it prints is added to {@code log}. */
  AppProcess(Map<String, String> environment, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString())
            .directory(log.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9} does. */
  void kill() {
    ending |= process.isAlive();
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to stop, with SIGTERM. */
  void stop() throws InterruptedException {
    ending |= process.isAlive();
    process.destroy();
    if (!process.waitFor(60, SECONDS)) {
      throw new AssertionError("The application was still there a minute after SIGTERM");
    }
  }

  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** The exit code, if it ended though nobody asked it to; 143 is SIGTERM from elsewhere. */
  Optional<Integer> unexpectedExit() {
    return ending || process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
