package routes.dashboard.lake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the records that a search finds, as far as objects were read. What was not is taken to be
 * like what was of the same service and time, by its bytes, else like what was of the service, else
 * like all. For one thread.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Stratified_sampling">stratified sampling</a>
 */
final class Tally {

  private final LogCounts sure;
  private final long stepSeconds;
  private final Instant from;
  private final Instant to;
  private final Map<Stratum, Sample> samples = new HashMap<>();

  /** What was read by service, whatever its time, which is the epoch here. */
  private final Map<String, Sample> services = new HashMap<>();

  /** All that was read, of no service and at the epoch. */
  private final Sample all;

  private final Set<String> read = new HashSet<>();
  private final Set<String> barren = new HashSet<>();
  private long bytes;
  private long bytesRead;

  /** Objects that are alike: of a service, put within one bar of the histogram. */
  private record Stratum(String service, long bar) {}

  private static final class Sample {

    private final LogCounts counts;
    private final List<LakeObject> objects = new ArrayList<>();
    private long bytes;
    private long bytesRead;

    Sample(LogCounts counts) {
      this.counts = counts;
    }

    void add(LogCounts more, long bytes) {
      counts.add(more);
      bytesRead += bytes;
    }

    long all() {
      return Math.max(bytes, bytesRead);
    }
  }

  /**
   * @param none nothing counted
   * @param from the first moment that counts
   * @param to the moment after the last
   */
  Tally(LogCounts none, Instant from, Instant to) {
    sure = none;
    stepSeconds = none.stepSeconds();
    this.from = from;
    this.to = to;
    all = new Sample(new LogCounts(stepSeconds));
  }

  /** Counts what lies in no object. */
  void add(LogCounts counts) {
    sure.add(counts);
  }

  /** Counts what is in an object, once. */
  void add(LakeObject object, LogCounts counts) {
    if (read.add(object.key())) {
      String service = object.partition().service();
      LogCounts atAnyTime = counts.at(0, service);
      sample(object).add(counts, object.bytes());
      services
          .computeIfAbsent(service, any -> new Sample(new LogCounts(stepSeconds)))
          .add(atAnyTime, object.bytes());
      all.add(atAnyTime, object.bytes());
      bytesRead += object.bytes();
      if (counts.isEmpty()) {
        barren.add(object.key());
      }
    }
  }

  /** Whether it is known that nothing in the object is searched for. */
  boolean isBarren(LakeObject object) {
    return barren.contains(object.key());
  }

  /**
   * Learns of all objects that are to count.
   *
   * @return those that were not read yet, in an order in which each part of it is like the whole
   */
  List<LakeObject> expect(Collection<LakeObject> objects) {
    for (LakeObject object : objects) {
      Sample sample = sample(object);
      sample.bytes += object.bytes();
      bytes += object.bytes();
      sample.objects.add(object);
    }
    record Turn(LakeObject object, int round, int place) {}
    List<Turn> turns = new ArrayList<>();
    for (Map.Entry<Stratum, Sample> entry : samples.entrySet()) {
      List<LakeObject> all = entry.getValue().objects;
      all.sort(Comparator.comparing(LakeObject::modified));
      for (int i = 0; i < all.size(); i++) {
        if (!read.contains(all.get(i).key())) {
          // The bits of an index the other way round: halves, quarters, eighths and so on.
          int round =
              Integer.reverse(i) >>> Integer.numberOfLeadingZeros(Math.max(1, all.size() - 1));
          turns.add(new Turn(all.get(i), round, all.get(i).key().hashCode()));
        }
      }
    }
    turns.sort(Comparator.comparingInt(Turn::round).thenComparingInt(Turn::place));
    return turns.stream().map(Turn::object).toList();
  }

  /** How much of all there is was read, 0 to 1. */
  double share() {
    return bytesRead >= bytes ? 1 : (double) bytesRead / bytes;
  }

  LogCounts counts() {
    LogCounts counts = new LogCounts(stepSeconds);
    samples.forEach(
        (stratum, sample) -> {
          if (sample.bytesRead > 0) {
            counts.add(sample.counts, (double) sample.all() / sample.bytesRead);
          } else {
            Sample like = services.getOrDefault(stratum.service(), all);
            long time = stratum.bar() * stepSeconds;
            if (like.bytesRead > 0 && includes(time)) {
              counts.add(
                  like.counts.at(time, stratum.service()), (double) sample.all() / like.bytesRead);
            }
          }
        });
    counts.add(sure);
    return counts;
  }

  private boolean includes(long time) {
    return time + stepSeconds > from.getEpochSecond() && time < to.getEpochSecond();
  }

  private Sample sample(LakeObject object) {
    return samples.computeIfAbsent(
        new Stratum(
            object.partition().service(),
            Math.floorDiv(object.about().getEpochSecond(), stepSeconds)),
        any -> new Sample(new LogCounts(stepSeconds)));
  }
}
