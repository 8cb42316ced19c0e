package routes.bench;

import java.util.concurrent.TimeUnit;

/** What the app with its embedded cloud takes while nothing happens. */
final class IdleBenchmark {

  private static final int SETTLE_SECONDS = 90;
  private static final int SECONDS = 60;

  private IdleBenchmark() {}

  static void run() throws Exception {
    try (BenchApp app = BenchApp.start(MeasuredProcess.chosenOptions())) {
      app.awaitAccepted();
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      double before = app.process().cpuSeconds();
      TimeUnit.SECONDS.sleep(SECONDS);
      System.out.printf(
          "%n| at rest | |%n|---|---|%n| CPU, %% of a core | %.2f |%n| MB resident | %.0f |%n",
          (app.process().cpuSeconds() - before) / SECONDS * 100, app.process().residentMegabytes());
    }
  }
}
