package routes.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import routes.ledger.Arrivals;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.ObjectSum;
import routes.ledger.ReceiptStore;
import routes.ledger.ShardId;
import routes.signal.Layer;
import routes.signal.Signals;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Watches one stream and one of its lakes: that what Kinesis acknowledged was read, that what was
 * read is accounted for by the checkpoints, and that what they account for lies in the lake once
 * its hour has come to rest. Of several processes the one that reads the stream's first shard does
 * it. For one thread, but for what it tells.
 */
final class StandingAudit {

  private static final Duration KEPT = Duration.ofHours(25);

  /** What rests is looked at again after that, as long as it is accounted for. */
  private static final Duration AGAIN = Duration.ofMinutes(50);

  private final S3Client s3;
  private final String state;
  private final Layer layer;
  private final Signals.Place place;
  private final Supplier<Set<ShardId>> reading;
  private final InstantSource clock;
  private final Map<String, Seen> groups = new HashMap<>();
  private @Nullable Findings findings;
  private volatile Result result = Result.NONE;

  /** A group as it was accounted for; {@code compared} is when it was compared as it is. */
  private record Seen(ObjectSum sum, @Nullable Instant compared) {}

  /** What the last round came to. */
  record Result(long unaccounted, List<Findings.Finding> faults) {
    static final Result NONE = new Result(0, List.of());
  }

  /**
   * @param reading the shards that this process reads now
   */
  StandingAudit(
      S3Client s3,
      String state,
      Layer layer,
      Signals.Place place,
      Supplier<Set<ShardId>> reading,
      InstantSource clock) {
    this.s3 = s3;
    this.state = state;
    this.layer = layer;
    this.place = place;
    this.reading = reading;
    this.clock = clock;
  }

  Layer layer() {
    return layer;
  }

  Signals.Place place() {
    return place;
  }

  Result result() {
    return result;
  }

  /** Looks once; what S3 answers with, or fails to, reaches the caller. */
  void round() {
    Map<ShardId, Checkpoint> shards = shards();
    if (!isMine(shards)) {
      groups.clear();
      findings = null;
      result = Result.NONE;
      return;
    }
    Findings before = findings == null ? Findings.load(s3, state, layer, place.stream()) : findings;
    Findings now = compare(shards, before);
    if (!now.equals(before)) {
      now.save(s3, state, layer, place.stream());
    }
    findings = now;
    result =
        new Result(
            Balance.total(Balance.of(shards.values())).unaccounted() + accepted(shards).missing(),
            now.faults());
  }

  /** What is known now, whoever found it. */
  AuditReport.Stream report() {
    Map<ShardId, Checkpoint> shards = shards();
    return AuditReport.Stream.of(
        layer,
        place,
        accepted(shards),
        Balance.of(shards.values()),
        groupsOf(shards),
        Findings.load(s3, state, layer, place.stream()));
  }

  private Acceptance accepted(Map<ShardId, Checkpoint> shards) {
    long since = Arrivals.hour(clock.instant().minus(KEPT));
    return Acceptance.of(
        shards, ReceiptStore.loadAll(s3, state, place.stream(), ReceiptStore.day(since)), since);
  }

  private Map<ShardId, Checkpoint> shards() {
    return CheckpointStore.loadAll(s3, state, layer, place.stream(), clock.instant().minus(KEPT));
  }

  private boolean isMine(Map<ShardId, Checkpoint> shards) {
    return shards.entrySet().stream()
        .filter(shard -> !shard.getValue().finished())
        .map(Map.Entry::getKey)
        .min(Comparator.comparing(ShardId::toString))
        .filter(first -> reading.get().contains(first))
        .isPresent();
  }

  private Findings compare(Map<ShardId, Checkpoint> shards, Findings before) {
    Instant now = clock.instant();
    SortedMap<Long, Map<String, ObjectSum>> accounted = groupsOf(shards);
    Findings found = before.since(Arrivals.hour(now.minus(KEPT)), now.minus(KEPT).toEpochMilli());
    Set<String> kept = new TreeSet<>();
    for (Map.Entry<Long, Map<String, ObjectSum>> hour :
        accounted.headMap(Arrivals.hour(now)).entrySet()) {
      boolean all = true;
      for (Map.Entry<String, ObjectSum> group : hour.getValue().entrySet()) {
        kept.add(group.getKey());
        Seen seen = groups.get(group.getKey());
        if (seen == null || !seen.sum().equals(group.getValue())) {
          groups.put(group.getKey(), new Seen(group.getValue(), null));
          all = false;
        } else if (seen.compared() == null || seen.compared().plus(AGAIN).isBefore(now)) {
          found = found.with(group.getKey(), check(group.getKey(), shards, now));
          groups.put(group.getKey(), new Seen(group.getValue(), now));
        }
      }
      if (all) {
        found = found.withHour(hour.getKey(), compared(hour.getValue()));
      }
    }
    groups.keySet().retainAll(kept);
    return found;
  }

  private List<Findings.Finding> check(String group, Map<ShardId, Checkpoint> shards, Instant now) {
    List<Findings.Finding> faults = new ArrayList<>();
    new GroupCheck(
            s3,
            place.bucket(),
            group,
            shards,
            fault -> faults.add(Findings.Finding.of(group, now.toEpochMilli(), fault)))
        .run();
    return faults;
  }

  private Findings.Compared compared(Map<String, ObjectSum> hour) {
    ObjectSum sum = hour.values().stream().reduce(ObjectSum.NONE, ObjectSum::plus);
    long at =
        hour.keySet().stream()
            .map(groups::get)
            .filter(Objects::nonNull)
            .map(Seen::compared)
            .filter(Objects::nonNull)
            .mapToLong(Instant::toEpochMilli)
            .max()
            .orElse(0);
    return new Findings.Compared(hour.size(), sum.objects(), sum.records(), at);
  }

  /** Those of the hours of which every shard still knows all. */
  private static SortedMap<Long, Map<String, ObjectSum>> groupsOf(Map<ShardId, Checkpoint> shards) {
    SortedMap<Long, Map<String, ObjectSum>> groups = new TreeMap<>();
    long since =
        shards.values().stream().mapToLong(shard -> shard.account().groupsSince()).max().orElse(0);
    for (Checkpoint shard : shards.values()) {
      shard
          .account()
          .groups()
          .tailMap(since)
          .forEach(
              (hour, sums) ->
                  sums.forEach(
                      (group, sum) ->
                          groups
                              .computeIfAbsent(hour, none -> new TreeMap<>())
                              .merge(group, sum, ObjectSum::plus)));
    }
    return groups;
  }
}
