package routes.dashboard.lake;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import routes.partition.Partition;
import routes.signal.Level;

class TallyTest {

  private static final Instant HOUR = Instant.parse("2026-11-20T10:00:00Z");
  private static final long STEP = Duration.ofMinutes(15).toSeconds();

  private final Tally tally = tally();

  @Test
  void whatWasReadWholeIsExact() {
    List<LakeObject> objects = objects("web", 8, 100);
    tally.expect(objects);

    objects.forEach(object -> tally.add(object, records(object, 3)));

    assertThat(tally.counts().services()).containsExactly(Map.entry("web", 24L));
    assertThat(tally.share()).isEqualTo(1);
  }

  @Test
  void anObjectCountsOnce() {
    LakeObject object = objects("web", 1, 100).get(0);

    tally.add(object, records(object, 3));
    tally.add(object, records(object, 3));

    assertThat(tally.counts().services()).containsEntry("web", 3L);
  }

  @Test
  void whatWasNotReadIsLikeWhatWasOfItsServiceAndTime() {
    List<LakeObject> objects = new ArrayList<>(objects("busy", 60, 1_000));
    objects.addAll(objects("quiet", 60, 10));
    List<LakeObject> order = tally.expect(objects);

    for (LakeObject object : order.subList(0, 30)) {
      tally.add(object, records(object, object.bytes() / 10));
    }

    assertThat(tally.share()).isBetween(0.01, 0.99);
    assertThat(tally.counts().services())
        .containsExactlyInAnyOrderEntriesOf(Map.of("busy", 6_000L, "quiet", 60L));
    assertThat(times(tally.counts())).hasSize(4).containsValues(1_515L);
  }

  @Test
  void aTimeOfWhichNothingWasReadIsLikeTheRest() {
    tally.expect(objects("web", 4, 100));
    LakeObject read = objects("web", 4, 100).get(0);

    tally.add(read, records(read, 5));

    assertThat(tally.counts().services()).containsEntry("web", 20L);
    assertThat(times(tally.counts())).hasSize(4).containsValues(5L);
    assertThat(tally.share()).isEqualTo(0.25);
  }

  @Test
  void aServiceOfWhichNothingWasReadIsLikeTheOthersEachTimeByItsBytes() {
    List<LakeObject> web = objects("web", 4, 100);
    tally.expect(web);
    tally.expect(objects("large", 4, 1_000));

    tally.add(web.get(0), records(web.get(0), 5));

    assertThat(tally.counts().services())
        .containsExactlyInAnyOrderEntriesOf(Map.of("web", 20L, "large", 200L));
    assertThat(times(tally.counts())).hasSize(4).containsValues(55L);
  }

  @Test
  void timesThatWereNotAskedForHaveNothing() {
    Tally second =
        new Tally(new LogCounts(STEP), HOUR.plusSeconds(STEP), HOUR.plusSeconds(3 * STEP));
    List<LakeObject> objects = objects("web", 4, 100);
    second.expect(objects);

    second.add(objects.get(1), records(objects.get(1), 5));

    assertThat(times(second.counts()))
        .containsOnlyKeys(HOUR.getEpochSecond() + STEP, HOUR.getEpochSecond() + 2 * STEP);
  }

  @Test
  void anObjectInWhichNothingWasFoundIsKnown() {
    List<LakeObject> objects = objects("web", 3, 100);

    tally.add(objects.get(0), new LogCounts(STEP));
    tally.add(objects.get(1), records(objects.get(1), 1));

    assertThat(objects).filteredOn(tally::isBarren).containsExactly(objects.get(0));
  }

  @Test
  void whatIsInNoObjectStandsForItselfAlone() {
    List<LakeObject> objects = objects("web", 2, 100);
    tally.expect(objects);
    tally.add(objects.get(0), records(objects.get(0), 1));
    LogCounts waiting = new LogCounts(STEP);
    waiting.add(HOUR, Optional.empty(), "web");

    tally.add(waiting);

    assertThat(tally.counts().services()).containsEntry("web", 3L);
  }

  @Test
  void eachPartOfTheOrderIsSpreadOverTimeAndServices() {
    List<LakeObject> objects = new ArrayList<>(objects("a", 64, 1));
    objects.addAll(objects("b", 64, 1));
    objects.forEach(object -> tally.add(object, new LogCounts(STEP)));
    Tally fresh = tally();

    List<LakeObject> first = fresh.expect(objects).subList(0, 8);

    assertThat(first).extracting(object -> object.partition().service()).contains("a", "b");
    assertThat(first)
        .extracting(object -> object.modified().getEpochSecond() / STEP)
        .hasSize(8)
        .containsOnly(
            HOUR.getEpochSecond() / STEP,
            HOUR.getEpochSecond() / STEP + 1,
            HOUR.getEpochSecond() / STEP + 2,
            HOUR.getEpochSecond() / STEP + 3);
    assertThat(tally.expect(objects)).isEmpty();
  }

  private static Tally tally() {
    return new Tally(new LogCounts(STEP), HOUR, HOUR.plusSeconds(3600));
  }

  /** Put evenly over an hour. */
  private static List<LakeObject> objects(String service, int count, long bytes) {
    Partition partition = new Partition(service, HOUR.getEpochSecond() / 3600);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new LakeObject(
                    partition,
                    partition.path() + "/part-" + i,
                    bytes,
                    HOUR.plusSeconds(3600L * i / count)))
        .toList();
  }

  private static LogCounts records(LakeObject object, long count) {
    LogCounts counts = new LogCounts(STEP);
    for (long i = 0; i < count; i++) {
      counts.add(object.modified(), Optional.of(Level.INFO), object.partition().service());
    }
    return counts;
  }

  private static Map<Long, Long> times(LogCounts counts) {
    return counts.times().entrySet().stream()
        .collect(
            toMap(
                Map.Entry::getKey,
                time -> time.getValue().values().stream().mapToLong(n -> n).sum()));
  }
}
