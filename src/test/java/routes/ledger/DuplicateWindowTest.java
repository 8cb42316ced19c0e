package routes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DuplicateWindowTest {

  private static final long WINDOW = 1_000;
  private static final long PLENTY = 1 << 20;

  private record Sighting(String service, long hour, String id, long sinceLast) {}

  @Property(tries = 200)
  void knows_what_was_last_seen_at_most_a_window_ago(
      @ForAll("sightings") List<Sighting> sightings) {
    DuplicateWindow window = new DuplicateWindow(WINDOW, new WindowMemory(PLENTY));
    Map<List<Object>, Long> lastSeen = new HashMap<>();
    long now = 0;
    for (Sighting sighting : sightings) {
      now += sighting.sinceLast();
      Long before = lastSeen.put(List.of(sighting.service(), sighting.hour(), sighting.id()), now);
      assertThat(window.isCopy(sighting.service(), sighting.hour(), sighting.id(), now))
          .isEqualTo(before != null && now - before <= WINDOW);
      window.commit();
    }
  }

  @Provide
  Arbitrary<List<Sighting>> sightings() {
    return Combinators.combine(
            Arbitraries.of("a", "b"),
            Arbitraries.longs().between(0, 1),
            Arbitraries.integers().between(0, 2_000).map(Object::toString),
            Arbitraries.longs().between(0, 3))
        .as(Sighting::new)
        .list()
        .ofSize(5_000);
  }

  @Test
  void what_was_rolled_back_was_never_seen() {
    DuplicateWindow window = new DuplicateWindow(WINDOW, new WindowMemory(PLENTY));
    window.isCopy("a", 1, "kept", 10);
    window.commit();

    window.isCopy("a", 1, "kept", 20);
    window.isCopy("a", 1, "new", 20);
    window.rollback();

    assertThat(window.isCopy("a", 1, "new", 30)).isFalse();
    assertThat(window.isCopy("a", 1, "kept", 10 + WINDOW)).isTrue();
    window.rollback();
    assertThat(window.isCopy("a", 1, "kept", 11 + WINDOW)).isFalse();
  }

  @Test
  void where_memory_is_short_the_oldest_are_forgotten_and_it_says_so() {
    DuplicateWindow window = new DuplicateWindow(WINDOW, new WindowMemory(0));
    for (int i = 0; i < 100_000; i++) {
      window.isCopy("a", 1, "id" + i, i / 1_000);
      window.commit();
    }

    assertThat(window.reachMillis()).isLessThan(WINDOW);
    assertThat(window.isCopy("a", 1, "id0", 100)).isFalse();
    assertThat(window.isCopy("a", 1, "id99999", 100)).isTrue();
  }

  @Test
  void one_busy_shard_has_all_the_memory_until_others_want_their_share() {
    WindowMemory memory = new WindowMemory(PLENTY);
    DuplicateWindow busy = filled(memory);
    long alone = busy.bytes();

    DuplicateWindow second = filled(memory);
    DuplicateWindow third = filled(memory);
    busy.trim();
    second.trim();

    assertThat(alone).isGreaterThan(PLENTY / 2);
    assertThat(memory.bytes()).isLessThanOrEqualTo(PLENTY);
    assertThat(List.of(busy.bytes(), second.bytes(), third.bytes()))
        .allSatisfy(bytes -> assertThat(bytes).isBetween(PLENTY / 6, PLENTY / 2));
    assertThat(busy.isCopy("a", 1, "id99999", WINDOW)).isTrue();
  }

  @Test
  void what_a_shard_had_is_free_again_once_it_is_read_to_its_end() {
    WindowMemory memory = new WindowMemory(PLENTY);
    DuplicateWindow ended = filled(memory);
    ended.close();

    assertThat(filled(memory).bytes()).isEqualTo(ended.bytes());
    assertThat(memory.bytes()).isLessThanOrEqualTo(PLENTY);
  }

  private static DuplicateWindow filled(WindowMemory memory) {
    DuplicateWindow window = new DuplicateWindow(WINDOW, memory);
    for (int i = 0; i < 100_000; i++) {
      window.isCopy("a", 1, "id" + i, i / 1_000);
      window.commit();
    }
    return window;
  }

  @Test
  void a_window_of_zero_knows_no_copies() {
    DuplicateWindow window = new DuplicateWindow(0, new WindowMemory(PLENTY));

    assertThat(window.isCopy("a", 1, "id", 1)).isFalse();
    assertThat(window.isCopy("a", 1, "id", 1)).isFalse();
  }
}
