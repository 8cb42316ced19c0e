package routes.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import routes.demo.scenario.Label;
import routes.demo.scenario.Scenarios;
import routes.demo.simulation.Measurement;
import routes.demo.simulation.Options;
import routes.demo.simulation.Output;
import routes.demo.simulation.Simulation;
import routes.demo.simulation.Span;
import routes.demo.text.Text;
import routes.demo.town.Service;
import routes.demo.town.Town;

/**
 * How many logs a simulated town writes in a second of one core's time, spans and metrics included.
 */
final class DemoBenchmark {

  private static final int ROUNDS = 5;
  private static final int SECONDS = 60;

  private DemoBenchmark() {}

  /** Counts, and throws away. */
  private static final class Counter implements Output {

    private long logs;
    private long bytes;
    private long spans;

    @Override
    public void log(Service service, Text line) {
      logs++;
      bytes += line.length();
    }

    @Override
    public void span(Span span) {
      spans++;
    }

    @Override
    public void measurement(Measurement measurement) {}

    @Override
    public void label(Label label) {}
  }

  public static void main(String[] args) {
    Town town = Town.load();
    Scenarios scenarios = new Scenarios(town, Path.of("none"));
    Options options = new Options(1, Instant.parse("2026-11-20T12:00:00Z"), 5_000, 3);
    Simulation simulation = new Simulation(town, scenarios, options);
    for (int round = 1; round <= ROUNDS; round++) {
      Counter counter = new Counter();
      long start = cpuNanos();
      for (int second = 0; second < SECONDS; second++) {
        simulation.tick(counter);
      }
      double took = (cpuNanos() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "round %d: %,.0f logs in a CPU second (%.1f for a million) of %d bytes, with %,.0f spans%n",
          round,
          counter.logs / took,
          1e6 * took / counter.logs,
          counter.bytes / counter.logs,
          counter.spans / took);
    }
  }

  /** Of the whole process, with its compiler and its garbage collector. */
  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}
