package routes.backfill;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import routes.partition.Partition;
import routes.partition.PartitionValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The hours of the services in a bucket. */
@ThreadSafe
record RawHours(S3Client s3, String bucket) {

  /** Takes one service's hour at a time. */
  interface Sink {

    /**
     * Takes an hour in which there is something.
     *
     * @param keys all that lie there
     */
    void take(Partition hour, List<String> keys) throws IOException, InterruptedException;
  }

  /** Gives the hours that are asked for, those of a service in their order. */
  void each(BackfillOptions options, Sink sink) throws IOException, InterruptedException {
    for (String service : services(options.service())) {
      each(service, options, sink);
    }
  }

  private List<String> services(Optional<String> one) {
    if (one.isPresent()) {
      return List.of("service=" + PartitionValue.encode(one.get()));
    }
    return s3
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix("service=").delimiter("/"))
        .commonPrefixes()
        .stream()
        .map(CommonPrefix::prefix)
        .map(folder -> folder.substring(0, folder.length() - 1))
        .toList();
  }

  /** Keys are in the order of their hours, as each part of a time has always as many digits. */
  private void each(String folder, BackfillOptions options, Sink sink)
      throws IOException, InterruptedException {
    String service = PartitionValue.decode(folder.substring("service=".length()));
    String from = new Partition(service, options.from()).path();
    String to = new Partition(service, options.to()).path();
    String path = "";
    List<String> keys = new ArrayList<>();
    for (S3Object object :
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(folder + "/").startAfter(from))
            .contents()) {
      String key = object.key();
      if (key.compareTo(to) >= 0) {
        break;
      }
      String parent = key.substring(0, key.lastIndexOf('/'));
      if (!parent.equals(path)) {
        give(path, keys, sink);
        path = parent;
        keys = new ArrayList<>();
      }
      keys.add(key);
    }
    give(path, keys, sink);
  }

  private static void give(String path, List<String> keys, Sink sink)
      throws IOException, InterruptedException {
    if (!keys.isEmpty() && isHour(path)) {
      sink.take(Partition.parse(path), keys);
    }
  }

  private static boolean isHour(String path) {
    try {
      Partition.parse(path);
      return true;
    } catch (IllegalArgumentException others) {
      return false;
    }
  }
}
