package routes.observe;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import routes.delivery.ObjectPut;
import routes.ledger.ShardId;
import routes.retry.Attempt;
import routes.stream.Gap;
import routes.stream.ReadingStatus;
import routes.stream.ShardStatus;

/** Whether what is read of streams moves on, and if not what it waits for. */
@ThreadSafe
public final class DeliveryProgress {

  /**
   * Something that takes longer than it does when all is well.
   *
   * @param what is being tried
   * @param age how long it has been tried
   * @param reason why it has not succeeded, as far as that is known
   */
  public record StuckTask(String what, Duration age, String reason) {

    @Override
    public String toString() {
      return "Cannot %s for %s s now: %s".formatted(what, age.toSeconds(), reason);
    }
  }

  private final Supplier<ReadingStatus> reading;
  private final Supplier<List<ObjectPut>> putting;
  private final LastFailure failures;
  private final Clock clock;

  public DeliveryProgress(
      Supplier<ReadingStatus> reading,
      Supplier<List<ObjectPut>> putting,
      LastFailure failures,
      Clock clock) {
    this.reading = reading;
    this.putting = putting;
    this.failures = failures;
    this.clock = clock;
  }

  /** The shards this process reads. */
  public List<ShardStatus> shards() {
    return reading.get().shards();
  }

  /** How far the shard is behind that is most of all. */
  String lag() {
    return last(shards())
        .map(last -> "%s is %s s behind".formatted(last.shard().shard(), last.lag().toSeconds()))
        .or(
            () ->
                last(unread())
                    .map(
                        last ->
                            "No shard is read here; %s is %s s behind"
                                .formatted(last.shard().shard(), last.lag().toSeconds())))
        .orElse("No shard is read here");
  }

  private static Optional<ShardStatus> last(List<ShardStatus> shards) {
    return shards.stream().max(Comparator.comparing(ShardStatus::lag));
  }

  /** Those of a stream that is shared, while this process reads none of it. */
  List<ShardStatus> unread() {
    return reading.get().unread();
  }

  /** Those that are read once the shards they came from are delivered. */
  List<String> waiting() {
    return reading.get().waiting();
  }

  /** Where records were dropped before they were delivered, the latest first. */
  List<Gap> gaps() {
    return reading.get().gaps();
  }

  /** What has been tried for longer than {@link Attempt#STUCK_AFTER}. */
  public List<StuckTask> stuckTasks() {
    ReadingStatus now = reading.get();
    Stream<Attempt> attempts =
        Stream.concat(
            now.failing().stream(),
            now.shards().stream().map(ShardStatus::attempt).flatMap(Stream::ofNullable));
    return Stream.concat(attempts.map(this::stuckTask), putting.get().stream().map(this::stuckTask))
        .filter(stuckTask -> stuckTask.age().compareTo(Attempt.STUCK_AFTER) > 0)
        .toList();
  }

  /** For how long the oldest thing has been tried that keeps a shard from moving on. */
  Duration blocked(ShardStatus shard) {
    return Stream.concat(
            Stream.ofNullable(shard.attempt()).map(Attempt::since),
            puts(shard.shard()).map(ObjectPut::since))
        .map(this::age)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** For how long the oldest thing has been tried that keeps this process from reading at all. */
  Duration blocked() {
    return reading.get().failing().stream()
        .map(Attempt::since)
        .map(this::age)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private Stream<ObjectPut> puts(ShardId shard) {
    return putting.get().stream().filter(put -> put.shard().equals(shard));
  }

  private StuckTask stuckTask(Attempt attempt) {
    return stuckTask(attempt.what(), attempt.since(), attempt.failure());
  }

  private StuckTask stuckTask(ObjectPut put) {
    return stuckTask("put an object into " + put.group(), put.since(), null);
  }

  private StuckTask stuckTask(String what, Instant since, @Nullable String failure) {
    return new StuckTask(what, age(since), failure == null ? failures.since(since) : failure);
  }

  private Duration age(Instant since) {
    return Duration.between(since, clock.instant());
  }
}
