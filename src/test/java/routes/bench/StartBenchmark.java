package routes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of the app with its embedded cloud to the first record it accepts, as {@code java
 * -jar} starts it and with the options of the image, by turns.
 */
final class StartBenchmark {

  private static final int ROUNDS = 5;

  private StartBenchmark() {}

  /** A way to start it. */
  private record Way(String title, List<String> options, List<Start> starts) {}

  /** What a start took; memory in megabytes. */
  private record Start(double seconds, double cpuSeconds, double residentMegabytes) {}

  static void run() throws Exception {
    Path archive = archive();
    List<Way> ways =
        List.of(
            new Way("java -jar", List.of(), new ArrayList<>()),
            new Way(
                "with the archive of its classes",
                List.of("-XX:SharedArchiveFile=" + archive),
                new ArrayList<>()));
    for (int round = 0; round < ROUNDS; round++) {
      for (Way way : ways) {
        way.starts().add(start(way.options()));
      }
    }
    System.out.printf("%n| medians of %d | s | CPU s | MB resident |%n|---|---|---|---|%n", ROUNDS);
    for (Way way : ways) {
      System.out.printf(
          "| %s | %.1f | %.1f | %.0f |%n",
          way.title(),
          Benchmarks.median(way.starts().stream().mapToDouble(Start::seconds)),
          Benchmarks.median(way.starts().stream().mapToDouble(Start::cpuSeconds)),
          Benchmarks.median(way.starts().stream().mapToDouble(Start::residentMegabytes)));
    }
  }

  private static Start start(List<String> options) throws Exception {
    long before = System.nanoTime();
    try (BenchApp app = BenchApp.start(options)) {
      app.awaitAccepted();
      return new Start(
          (System.nanoTime() - before) / 1e9,
          app.process().cpuSeconds(),
          app.process().residentMegabytes());
    }
  }

  private static Path archive() throws IOException, InterruptedException {
    Path archive = Files.createTempDirectory("archive").resolve("camel-app.jsa");
    try (BenchApp app = BenchApp.start(List.of("-XX:ArchiveClassesAtExit=" + archive))) {
      app.awaitAccepted();
      app.process().stop();
    }
    return archive;
  }
}
