package routes.bench;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM under measurement. What it uses is read from Linux's {@code /proc}. */
final class MeasuredProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target/camel-app.jar").toAbsolutePath();

  /**
   * More options of the JVMs that are measured, such as {@code -XX:+UseParallelGC}, separated by
   * spaces.
   */
  private static final String OPTIONS = System.getProperty("bench.options", "");

  private static final List<String> COMPILERS = List.of("C1 ", "C2 ");
  private static final List<String> COLLECTORS = List.of("G1 ", "GC ", "VM Thread");

  /** Linux counts in these for all that reads {@code /proc}. */
  private static final double TICKS_A_SECOND = 100;

  /** Counted behind the name (proc(5)); the time in the kernel follows. */
  private static final int USER_TIME = 11;

  private final Process process;
  private final Path log;

  private MeasuredProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** The options of a JVM that is measured. */
  static List<String> optionsWithHeap(String heap) {
    List<String> options = new ArrayList<>(chosenOptions());
    options.add("-Xmx" + heap);
    return options;
  }

  /** The same where the JVM chooses its heap. */
  static List<String> chosenOptions() {
    return Splitter.on(' ').omitEmptyStrings().splitToList(OPTIONS);
  }

  /**
   * Starts the app's jar.
   *
   * @param folder where it runs, which must be there
   * @param options of the JVM
   */
  static MeasuredProcess ofApp(Path folder, Map<String, String> env, List<String> options)
      throws IOException {
    return ofApp(JAR, folder, env, options);
  }

  /** Starts another jar of the app. */
  static MeasuredProcess ofApp(Path jar, Path folder, Map<String, String> env, List<String> options)
      throws IOException {
    if (!Files.exists(jar)) {
      throw new IOException("There is no " + jar + ": mvn -q package -DskipTests");
    }
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    return start(folder, env, arguments);
  }

  /** Starts a class of the tests. */
  static MeasuredProcess of(
      Class<?> main, Path folder, Map<String, String> env, List<String> options)
      throws IOException {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return start(folder, env, arguments);
  }

  private static MeasuredProcess start(Path folder, Map<String, String> env, List<String> arguments)
      throws IOException {
    File log = Files.createTempFile(folder, "process", ".log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow());
    builder.command().addAll(arguments);
    builder.environment().clear();
    builder.environment().putAll(env);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log);
    return new MeasuredProcess(builder.start(), log.toPath());
  }

  /** A port that is free now. */
  static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /** The CPU time of all its threads until now, in seconds. */
  double cpuSeconds() throws IOException {
    requireAlive();
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  /** What of that made machine code. */
  double compilingSeconds() throws IOException {
    return cpuSecondsOf(COMPILERS);
  }

  /** What of that collected garbage. */
  double collectingSeconds() throws IOException {
    return cpuSecondsOf(COLLECTORS);
  }

  /** The CPU time of those of its threads whose names begin in one of these ways, in seconds. */
  private double cpuSecondsOf(List<String> names) throws IOException {
    long ticks = 0;
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
      for (Path thread : all) {
        ticks += ticksOf(thread, names);
      }
    }
    return ticks / TICKS_A_SECOND;
  }

  private static long ticksOf(Path thread, List<String> names) throws IOException {
    String name;
    String stat;
    try {
      name = Files.readString(thread.resolve("comm"));
      stat = Files.readString(thread.resolve("stat"));
    } catch (NoSuchFileException ended) {
      return 0;
    }
    if (names.stream().noneMatch(name::startsWith)) {
      return 0;
    }
    // The name stands in parentheses and may hold anything.
    List<String> fields = Splitter.on(' ').splitToList(stat.substring(stat.lastIndexOf(')') + 2));
    return Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(USER_TIME + 1));
  }

  /** The memory it has at present, in megabytes. */
  double residentMegabytes() throws IOException {
    return megabytes("VmRSS:");
  }

  /** The most memory it had until now, in megabytes. */
  double peakMegabytes() throws IOException {
    return megabytes("VmHWM:");
  }

  private double megabytes(String name) throws IOException {
    requireAlive();
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
            .filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024.0;
  }

  private void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("It ended with " + process.exitValue() + ": " + Files.readString(log));
    }
  }

  /** Asks it to stop, waits until it has, and kills it where that takes too long. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      close();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
