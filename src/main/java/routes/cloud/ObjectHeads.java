package routes.cloud;

import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Reads what many objects say of themselves, several at a time. */
public final class ObjectHeads implements AutoCloseable {

  private static final int READERS = 16;
  private static final int AT_ONCE = 1000;

  /** An object that is there. */
  public record Head(String key, Map<String, String> metadata) {}

  private final S3Client s3;
  private final ExecutorService readers = Executors.newFixedThreadPool(READERS);

  public ObjectHeads(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * Gives the heads of these objects in their order, less those that are gone.
   *
   * @throws IllegalStateException when one cannot be read
   */
  public void read(String bucket, List<String> keys, Consumer<Head> heads)
      throws InterruptedException {
    try {
      for (List<String> some : Lists.partition(keys, AT_ONCE)) {
        List<Callable<Optional<Head>>> asked = new ArrayList<>();
        some.forEach(key -> asked.add(() -> head(bucket, key)));
        for (Future<Optional<Head>> head : readers.invokeAll(asked)) {
          head.get().ifPresent(heads);
        }
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException(
          "The objects of %s cannot be looked at: %s".formatted(bucket, failure.getMessage()),
          failure);
    }
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }

  private Optional<Head> head(String bucket, String key) {
    try {
      return Optional.of(
          new Head(key, s3.headObject(head -> head.bucket(bucket).key(key)).metadata()));
    } catch (NoSuchKeyException gone) {
      return Optional.empty();
    }
  }
}
