package routes.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import routes.ledger.AccountedObject;
import routes.ledger.Arrivals;
import routes.ledger.Checkpoint;
import routes.ledger.ObjectOrigin;
import routes.ledger.ObjectSum;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.partition.ObjectName;
import routes.partition.Partition;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Holds the objects of one service and hour against the accounts that were read before. Where names
 * and sizes add up, a list is all it takes; else each object is asked where it comes from, so that
 * what was put since, or is not counted, is left out.
 */
final class GroupCheck {

  private final S3Client s3;
  private final String bucket;
  private final String group;
  private final Map<ShardId, Checkpoint> shards;
  private final Consumer<Fault> faults;
  private final Map<UUID, String> names = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();

  /**
   * @param shards of the stream, by checkpoints read before this
   * @param faults is told of what does not add up
   */
  GroupCheck(
      S3Client s3,
      String bucket,
      String group,
      Map<ShardId, Checkpoint> shards,
      Consumer<Fault> faults) {
    this.s3 = s3;
    this.bucket = bucket;
    this.group = group;
    this.shards = shards;
    this.faults = faults;
  }

  /** What lies there by the accounts. */
  static ObjectSum expected(Map<ShardId, Checkpoint> shards, String group) {
    long hour = Partition.parse(group).epochHour();
    return shards.values().stream()
        .map(shard -> shard.account().groups().getOrDefault(hour, Map.of()).get(group))
        .filter(sum -> sum != null)
        .reduce(ObjectSum.NONE, ObjectSum::plus);
  }

  void run() {
    ObjectSum expected = expected(shards, group);
    ObjectSum listed = list();
    if (!listed.sameObjects(expected)) {
      tell(expected.minus(ask()));
    }
  }

  private ObjectSum list() {
    ObjectSum sum = ObjectSum.NONE;
    for (S3Object object :
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(group + "/")).contents()) {
      Optional<UUID> name = ObjectName.uuidOf(object.key());
      sizes.put(object.key(), object.size());
      // One without a name of ours counts as well, so that it is looked at.
      sum = sum.plus(ObjectSum.of(name.orElse(new UUID(0, 0)), object.size(), 0));
    }
    return sum;
  }

  /** Those that should be there, by what each says of itself. */
  private ObjectSum ask() {
    ObjectSum sum = ObjectSum.NONE;
    Set<UUID> seen = new HashSet<>();
    for (String key : sizes.keySet().stream().sorted().toList()) {
      Optional<HeadObjectResponse> head = head(key);
      if (head.isPresent()) {
        Optional<ObjectOrigin> origin = ObjectOrigin.of(head.get().metadata());
        if (origin.isEmpty()) {
          fault(Fault.Kind.UNKNOWN, key, "its metadata do not say which records it holds");
        } else if (!origin.get().names(key)) {
          fault(
              Fault.Kind.MISPLACED,
              key,
              "this is not the name of what begins at %s in shard %s"
                  .formatted(origin.get().first(), origin.get().shard()));
        } else {
          UUID name = ObjectName.uuidOf(key).orElseThrow();
          Optional<Arrivals> arrivals = Arrivals.of(head.get().metadata());
          if (arrivals.isPresent() && isCounted(origin.get(), name, arrivals.get())) {
            names.put(name, key);
            if (seen.add(name)) {
              sum =
                  sum.plus(ObjectSum.of(name, head.get().contentLength(), origin.get().records()));
            } else {
              fault(Fault.Kind.DOUBLE, key, "it is there under another suffix too");
            }
          }
        }
      }
    }
    return sum;
  }

  /** Whether an object is delivered by the checkpoints, and one that the accounts count. */
  private boolean isCounted(ObjectOrigin origin, UUID name, Arrivals arrivals) {
    Checkpoint shard = shards.get(origin.shard());
    if (shard == null) {
      return false;
    }
    Position delivered =
        Position.latest(shard.delivered(), shard.beyond().getOrDefault(group, Position.START));
    return !origin.last().isAfter(delivered)
        && shard
            .account()
            .counts(new AccountedObject(Partition.parse(group).epochHour(), name, 0, arrivals));
  }

  private Optional<HeadObjectResponse> head(String key) {
    try {
      return Optional.of(s3.headObject(head -> head.bucket(bucket).key(key)));
    } catch (NoSuchKeyException gone) {
      return Optional.empty();
    }
  }

  /** Tells what a difference is. */
  private void tell(ObjectSum missing) {
    if (missing.sameObjects(ObjectSum.NONE)) {
      return;
    }
    if (missing.objects() == 1) {
      fault(
          Fault.Kind.MISSING,
          group + "/part-" + missing.name(),
          "the object is gone, with %s records".formatted(missing.records()));
    } else if (missing.objects() > 1) {
      fault(
          Fault.Kind.MISSING,
          group,
          "%s objects are gone, with %s records".formatted(missing.objects(), missing.records()));
    } else if (missing.objects() < 0) {
      fault(
          Fault.Kind.DOUBLE,
          names.getOrDefault(missing.name(), group),
          "%s more than were delivered".formatted(-missing.objects()));
    } else {
      String where =
          names.entrySet().stream()
              .filter(object -> missing.isSizeOf(object.getKey()))
              .map(Map.Entry::getValue)
              .findAny()
              .orElse(group);
      fault(
          Fault.Kind.ALTERED,
          where,
          missing.bytes() < 0
              ? "%s bytes more than were put".formatted(-missing.bytes())
              : "%s bytes less than were put".formatted(missing.bytes()));
    }
  }

  private void fault(Fault.Kind kind, String key, String what) {
    faults.accept(new Fault(kind, "s3://" + bucket + "/" + key, what));
  }
}
