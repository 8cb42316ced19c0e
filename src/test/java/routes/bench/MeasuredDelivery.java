package routes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import routes.kinesis.leases.DynamoDb;

/** The app delivering one stream, with Kinesis and S3 in another process. */
final class MeasuredDelivery implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final BenchCloud cloud;
  private final String name;
  private final MeasuredProcess app;

  private MeasuredDelivery(BenchCloud cloud, String name, MeasuredProcess app) {
    this.cloud = cloud;
    this.name = name;
    this.app = app;
  }

  /**
   * What was used until some moment, in CPU seconds.
   *
   * @param app all of the app's threads
   * @param compiling what of that made machine code
   * @param collecting what of that collected garbage
   * @param cloud Kinesis and S3
   */
  record Cost(double app, double compiling, double collecting, double cloud) {

    Cost since(Cost before) {
      return new Cost(
          app - before.app,
          compiling - before.compiling,
          collecting - before.collecting,
          cloud - before.cloud);
    }

    /** What the threads took that are the app's own. */
    double own() {
      return app - compiling - collecting;
    }
  }

  /**
   * Starts it on a stream and a bucket of one name.
   *
   * @param settings beside those of its place
   */
  static MeasuredDelivery start(
      BenchCloud cloud, DynamoDb leases, String name, Map<String, String> settings, String heap)
      throws IOException {
    cloud.createBucket(name);
    Map<String, String> env = cloud.envOfDelivery(name, name);
    env.put("AWS_ENDPOINT_URL_DYNAMODB", leases.endpoint().toString());
    env.putAll(settings);
    Path folder = Files.createTempDirectory(name);
    return new MeasuredDelivery(
        cloud, name, MeasuredProcess.ofApp(folder, env, MeasuredProcess.optionsWithHeap(heap)));
  }

  /** What is in the lake. */
  record Delivered(int objects, long bytes) {

    Delivered since(Delivered before) {
      return new Delivered(objects - before.objects, bytes - before.bytes);
    }
  }

  /** Waits until enough is in the lake, and answers how much that is. */
  Delivered await(Predicate<Delivered> enough) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Delivered found = delivered();
    while (!enough.test(found)) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IOException("Only %s are in the lake".formatted(found));
      }
      TimeUnit.MILLISECONDS.sleep(200);
      found = delivered();
    }
    return found;
  }

  /** Waits until nothing has come for five seconds. */
  Delivered awaitRest() throws IOException, InterruptedException {
    Delivered before;
    Delivered found = delivered();
    do {
      before = found;
      TimeUnit.SECONDS.sleep(5);
      found = delivered();
    } while (!found.equals(before));
    return found;
  }

  private Delivered delivered() throws IOException {
    List<Path> files = cloud.filesIn(name);
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return new Delivered(files.size(), bytes);
  }

  Cost cost() throws IOException {
    return new Cost(
        app.cpuSeconds(), app.compilingSeconds(), app.collectingSeconds(), cloud.cpuSeconds());
  }

  double peakMegabytes() throws IOException {
    return app.peakMegabytes();
  }

  @Override
  public void close() {
    app.close();
    cloud.empty(name);
  }
}
