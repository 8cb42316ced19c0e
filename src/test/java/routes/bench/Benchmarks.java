package routes.bench;

import java.util.stream.DoubleStream;
import org.openjdk.jmh.Main;
import routes.speed.FiguresBenchmark;

/**
 * Runs one benchmark by its name: what {@code mvn -Pbench -DskipTests verify -Dbench=...} calls.
 */
final class Benchmarks {

  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    String[] none = {};
    switch (args[0]) {
      case "peers" -> PeersBenchmark.run();
      case "start" -> StartBenchmark.run();
      case "idle" -> IdleBenchmark.run();
      case "objects" -> ObjectsBenchmark.run();
      case "growth" -> GrowthBenchmark.run();
      case "signals" -> SignalsBenchmark.run();
      case "publish" -> PublishBenchmark.run();
      case "intake" -> IntakeBenchmark.main(none);
      case "deliver-path" -> DeliverPathBenchmark.main(none);
      case "encoding" -> EncodingBenchmark.main(none);
      case "layers" -> LayersBenchmark.run();
      case "spool" -> SpoolBenchmark.run();
      case "parts" -> Main.main(new String[] {PartsBenchmark.class.getSimpleName()});
      case "search" -> SearchBenchmark.run();
      case "tail" -> SearchBenchmark.tail();
      case "audit" -> AuditBenchmark.run();
      case "figures" -> FiguresBenchmark.run();
      case "aggregation" -> AggregationBenchmark.main(none);
      default -> throw new IllegalArgumentException("There is no benchmark " + args[0]);
    }
    // Not all libraries end their threads.
    System.exit(0);
  }

  static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
