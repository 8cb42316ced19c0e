package routes.audit;

import com.google.common.collect.Lists;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import routes.ledger.ObjectOrigin;
import routes.ledger.ShardId;
import routes.partition.ObjectName;
import routes.partition.Partition;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a bucket by the shard and the group whose records they hold. */
final class LakeIndex {

  private static final int READERS = 16;
  private static final int AT_ONCE = 1000;

  /** A key that is there, with its metadata. */
  private record Head(String key, Map<String, String> metadata) {}

  private final String bucket;
  private final Consumer<Fault> faults;
  private final Map<ShardId, Map<String, List<LakeObject>>> objects = new HashMap<>();

  private LakeIndex(String bucket, Consumer<Fault> faults) {
    this.bucket = bucket;
    this.faults = faults;
  }

  /**
   * Reads what objects say of themselves.
   *
   * @param prefix of those that matter
   * @param since when they were written at the earliest
   * @param faults is told of those that are not where they belong, or hold what another one holds
   */
  static LakeIndex read(
      S3Client s3, String bucket, String prefix, Instant since, Consumer<Fault> faults)
      throws InterruptedException {
    LakeIndex index = new LakeIndex(bucket, faults);
    List<String> keys =
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
            .filter(object -> !object.lastModified().isBefore(since))
            .map(S3Object::key)
            .toList();
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      for (List<String> some : Lists.partition(keys, AT_ONCE)) {
        List<Callable<Optional<Head>>> heads = new ArrayList<>();
        some.forEach(key -> heads.add(() -> head(s3, bucket, key)));
        for (Future<Optional<Head>> head : readers.invokeAll(heads)) {
          head.get().ifPresent(index::add);
        }
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException(
          "The objects of %s cannot be looked at: %s".formatted(bucket, failure.getMessage()),
          failure);
    } finally {
      readers.shutdownNow();
    }
    return index;
  }

  /** The objects of a shard by their groups, each group's in their order on the stream. */
  Map<String, Deque<LakeObject>> of(ShardId shard) {
    Map<String, Deque<LakeObject>> ordered = new HashMap<>();
    objects.getOrDefault(shard, Map.of()).forEach((group, of) -> ordered.put(group, inOrder(of)));
    return ordered;
  }

  private static Optional<Head> head(S3Client s3, String bucket, String key) {
    try {
      return Optional.of(
          new Head(key, s3.headObject(head -> head.bucket(bucket).key(key)).metadata()));
    } catch (NoSuchKeyException gone) {
      return Optional.empty();
    }
  }

  private void add(Head head) {
    String where = "s3://" + bucket + "/" + head.key();
    Optional<ObjectOrigin> origin = ObjectOrigin.of(head.metadata());
    if (origin.isEmpty()) {
      faults.accept(
          new Fault(Fault.Kind.UNKNOWN, where, "its metadata do not say which records it holds"));
      return;
    }
    String group = head.key().substring(0, Math.max(0, head.key().lastIndexOf('/')));
    if (!isNamedAfter(origin.get(), group, head.key())) {
      faults.accept(
          new Fault(
              Fault.Kind.MISPLACED,
              where,
              "this is not the name of what begins at %s in shard %s"
                  .formatted(origin.get().first(), origin.get().shard())));
      return;
    }
    objects
        .computeIfAbsent(origin.get().shard(), shard -> new HashMap<>())
        .computeIfAbsent(group, path -> new ArrayList<>())
        .add(new LakeObject(bucket, head.key(), origin.get()));
  }

  /** A name follows from the place on the stream, the service and the hour. */
  private static boolean isNamedAfter(ObjectOrigin origin, String group, String key) {
    Partition partition;
    try {
      partition = Partition.parse(group);
    } catch (IllegalArgumentException none) {
      return false;
    }
    ShardId shard = origin.shard();
    ObjectName name =
        new ObjectName(
            shard.stream(),
            shard.created(),
            shard.shard(),
            partition,
            origin.first().sequenceNumber(),
            origin.first().index());
    return key.startsWith(name.stem() + ".");
  }

  private Deque<LakeObject> inOrder(List<LakeObject> group) {
    Deque<LakeObject> ordered = new ArrayDeque<>();
    group.sort(Comparator.comparing(object -> object.origin().first()));
    for (LakeObject object : group) {
      if (!ordered.isEmpty() && ordered.getLast().holds(object.origin().first())) {
        faults.accept(
            new Fault(
                Fault.Kind.DOUBLE,
                object.toString(),
                "what it begins with is also in " + ordered.getLast()));
      } else {
        ordered.add(object);
      }
    }
    return ordered;
  }
}
