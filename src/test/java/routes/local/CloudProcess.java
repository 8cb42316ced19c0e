package routes.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** An embedded cloud in a JVM of its own, which can be killed. */
final class CloudProcess implements AutoCloseable {

  private final Process process;
  private final URI endpoint;

  /** With the classes of this build. */
  CloudProcess(Path data) throws IOException {
    this(data, System.getProperty("java.class.path"));
  }

  CloudProcess(Path data, String classPath) throws IOException {
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-cp",
                classPath,
                CloudProcess.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      endpoint =
          URI.create(
              output.lines().filter(line -> line.startsWith("http")).findFirst().orElseThrow());
    }
  }

  /** Ends with its standard input, so that it does not outlive the test. */
  public static void main(String[] args) throws IOException {
    LocalCloud cloud = Clouds.start(Path.of(args[0]), 0);
    System.out.println(cloud.endpoint());
    int end = System.in.read();
    Runtime.getRuntime().halt(end);
  }

  URI endpoint() {
    return endpoint;
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
