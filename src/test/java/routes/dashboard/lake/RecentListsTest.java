package routes.dashboard.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import routes.partition.Partition;

/** What is listed once serves those who ask for the same soon after. */
class RecentListsTest {

  private static final HourRange HOURS = new HourRange(1, 2);

  private final RecentLists lists = new RecentLists();

  @Test
  void the_same_services_and_hours_are_listed_once() {
    List<LakeObject> listed = List.of(object());

    assertThat(lists.get("lake", List.of("web"), HOURS, () -> Optional.of(listed)))
        .hasValue(listed);
    assertThat(lists.get("lake", List.of("web"), HOURS, RecentListsTest::mustNot)).hasValue(listed);
    assertThat(lists.get("lake", List.of("api"), HOURS, () -> Optional.of(List.of())))
        .hasValue(List.of());
  }

  @Test
  void what_was_too_much_to_list_is_asked_for_again() {
    lists.get("lake", List.of("web"), HOURS, Optional::empty);

    assertThat(lists.get("lake", List.of("web"), HOURS, () -> Optional.of(List.of())))
        .hasValue(List.of());
  }

  private static Optional<List<LakeObject>> mustNot() {
    throw new AssertionError("listed again");
  }

  private static LakeObject object() {
    return new LakeObject(new Partition("web", 1), "key", 1, Instant.EPOCH);
  }
}
