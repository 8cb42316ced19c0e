package routes.dashboard.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import routes.http.HttpProblem;
import routes.http.api.Request;
import routes.partition.PartitionValue;
import routes.signal.Signal;
import routes.signal.Signals;
import routes.sql.TableView;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Copies of objects for one query, in a folder by signal, service and hour. For one thread. */
final class ObjectCopies implements AutoCloseable {

  private static final int MAX_OBJECTS = 5000;
  private static final long MAX_BYTES = 256L << 20;

  private final S3Client s3;
  private final ExecutorService readers;
  private final Path folder;
  private final List<Future<Path>> copies = new ArrayList<>();
  private volatile boolean gone;
  private int objects;
  private long bytes;

  /**
   * None yet.
   *
   * @param readers where they are copied
   * @param request while somebody waits for it
   */
  ObjectCopies(S3Client s3, ExecutorService readers, Path folder, Request request) {
    this.s3 = s3;
    this.readers = readers;
    this.folder = folder;
    request.whenGone(() -> gone = true);
  }

  /** Begins to copy one more; always true. */
  boolean add(Signals.Place place, LakeObject object) {
    objects++;
    bytes += object.bytes();
    if (objects > MAX_OBJECTS || bytes > MAX_BYTES) {
      throw HttpProblem.badRequest(
          "The query would read more than %s objects or %s MB: choose a shorter time, a service, or the batch layer"
              .formatted(MAX_OBJECTS, MAX_BYTES >> 20));
    }
    int number = objects;
    copies.add(readers.submit(() -> copy(place, object, number)));
    return true;
  }

  /** The table of those added since the last, once they are there. */
  TableView table(Signal signal, Instant from, Instant to) throws InterruptedException {
    List<Path> lines = new ArrayList<>();
    List<Path> parquet = new ArrayList<>();
    try {
      for (Future<Path> copy : copies) {
        Path file = copy.get();
        if (Files.exists(file)) {
          (file.toString().endsWith(".parquet") ? parquet : lines).add(file);
        }
      }
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException told) {
        throw told;
      }
      throw new IllegalStateException(failure.getCause());
    }
    copies.clear();
    return new TableView(signal, lines, parquet, from, to);
  }

  int objects() {
    return objects;
  }

  long bytes() {
    return bytes;
  }

  private Path copy(Signals.Place place, LakeObject object, int number) throws IOException {
    if (gone) {
      throw new CancellationException("Nobody waits any more");
    }
    Path file =
        folder
            .resolve(place.signal().word())
            .resolve("service=" + PartitionValue.encode(object.partition().service()))
            .resolve("hour=" + object.partition().epochHour())
            .resolve(number + suffix(object.key()));
    Files.createDirectories(file.getParent());
    try {
      s3.getObject(get -> get.bucket(place.bucket()).key(object.key()), file);
    } catch (NoSuchKeyException deleted) {
      // Since it was listed; then it is not in the lake.
    }
    return file;
  }

  /** By which DuckDB knows how an object is packed. */
  private static String suffix(String key) {
    return key.endsWith(".parquet")
        ? ".parquet"
        : key.endsWith(".gz") ? ".jsonl.gz" : key.endsWith(".zst") ? ".jsonl.zst" : ".jsonl";
  }

  /** Ends what is being copied, after which the folder is nobody's any more. */
  @Override
  public void close() {
    gone = true;
    for (Future<Path> copy : copies) {
      try {
        copy.get();
      } catch (ExecutionException ended) {
        // What was to be told of it has been.
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
