package routes.audit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import routes.cloud.ObjectHeads;
import routes.ledger.ObjectOrigin;
import routes.ledger.ShardId;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a bucket by the shard and the group whose records they hold. */
final class LakeIndex {

  private final String bucket;
  private final Consumer<Fault> faults;
  private final Map<ShardId, Map<String, List<ObjectCheck>>> objects = new HashMap<>();

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
    try (ObjectHeads heads = new ObjectHeads(s3)) {
      heads.read(bucket, keys, index::add);
    }
    return index;
  }

  /** The objects of a shard by their groups, each group's in their order on the stream. */
  Map<String, Deque<ObjectCheck>> of(ShardId shard) {
    Map<String, Deque<ObjectCheck>> ordered = new HashMap<>();
    objects.getOrDefault(shard, Map.of()).forEach((group, of) -> ordered.put(group, inOrder(of)));
    return ordered;
  }

  private void add(ObjectHeads.Head head) {
    String where = "s3://" + bucket + "/" + head.key();
    Optional<ObjectOrigin> origin = ObjectOrigin.of(head.metadata());
    if (origin.isEmpty()) {
      faults.accept(
          new Fault(Fault.Kind.UNKNOWN, where, "its metadata do not say which records it holds"));
      return;
    }
    String group = head.key().substring(0, Math.max(0, head.key().lastIndexOf('/')));
    if (!origin.get().names(head.key())) {
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
        .add(new ObjectCheck(bucket, head.key(), origin.get()));
  }

  private Deque<ObjectCheck> inOrder(List<ObjectCheck> group) {
    Deque<ObjectCheck> ordered = new ArrayDeque<>();
    group.sort(Comparator.comparing(object -> object.origin().first()));
    for (ObjectCheck object : group) {
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
