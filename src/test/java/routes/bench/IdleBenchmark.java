package routes.bench;

import java.util.concurrent.TimeUnit;

/** What the app with its embedded cloud takes in its n-th minute, while nothing happens. */
final class IdleBenchmark {

  private static final int MINUTES = Integer.getInteger("bench.minutes", 3);
  private static final int SECONDS = 60;

  private IdleBenchmark() {}

  static void run() throws Exception {
    try (BenchApp app = BenchApp.start(MeasuredProcess.chosenOptions())) {
      app.awaitAccepted();
      TimeUnit.MINUTES.sleep(MINUTES - 1);
      double before = app.process().cpuSeconds();
      TimeUnit.SECONDS.sleep(SECONDS);
      System.out.printf(
          "%n| at rest | |%n|---|---|%n| CPU, %% of a core | %.2f |%n| MB resident | %.0f |%n",
          (app.process().cpuSeconds() - before) / SECONDS * 100, app.process().residentMegabytes());
    }
  }
}
