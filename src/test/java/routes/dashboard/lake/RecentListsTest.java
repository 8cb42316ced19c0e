package routes.dashboard.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import routes.partition.Partition;

/** What is listed once serves those who ask for the same soon after. */
class RecentListsTest {

  private static final HourRange HOURS = new HourRange(1, 2);

  private final RecentLists lists = new RecentLists();

  @Test
  void the_same_services_and_hours_are_listed_once() {
    List<LakeObject> listed = List.of(object());

    assertThat(get("web", () -> Optional.of(listed))).hasValue(listed);
    assertThat(get("web", RecentListsTest::mustNot)).hasValue(listed);
    assertThat(get("api", () -> Optional.of(List.of()))).hasValue(List.of());
  }

  @Test
  void what_was_too_much_to_list_is_asked_for_again() {
    get("web", Optional::empty);

    assertThat(get("web", () -> Optional.of(List.of()))).hasValue(List.of());
  }

  @Test
  void who_asks_while_another_lists_waits_for_that() throws Exception {
    List<LakeObject> listed = List.of(object());
    CompletableFuture<Optional<List<LakeObject>>> other = new CompletableFuture<>();
    CountDownLatch waits = new CountDownLatch(1);

    Optional<List<LakeObject>> own =
        get(
            "web",
            () -> {
              new Thread(() -> other.complete(get("web", RecentListsTest::mustNot, waits))).start();
              await(waits);
              return Optional.of(listed);
            });

    assertThat(own).hasValue(listed);
    assertThat(other.get(10, TimeUnit.SECONDS)).hasValue(listed);
  }

  @Test
  void who_waits_for_another_that_gives_up_lists_itself() throws Exception {
    List<LakeObject> listed = List.of(object());
    CompletableFuture<Optional<List<LakeObject>>> other = new CompletableFuture<>();
    CountDownLatch waits = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                get(
                    "web",
                    () -> {
                      new Thread(() -> other.complete(get("web", () -> Optional.of(listed), waits)))
                          .start();
                      await(waits);
                      throw new CancellationException();
                    }))
        .isInstanceOf(CancellationException.class);

    assertThat(other.get(10, TimeUnit.SECONDS)).hasValue(listed);
  }

  private Optional<List<LakeObject>> get(
      String service, Supplier<Optional<List<LakeObject>>> list) {
    return get(service, list, new CountDownLatch(1));
  }

  /**
   * @param waits counted down once it waits for another
   */
  private Optional<List<LakeObject>> get(
      String service, Supplier<Optional<List<LakeObject>>> list, CountDownLatch waits) {
    return lists.get("lake", List.of(service), HOURS, list, waits::countDown);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }

  private static Optional<List<LakeObject>> mustNot() {
    throw new AssertionError("listed again");
  }

  private static LakeObject object() {
    return new LakeObject(new Partition("web", 1), "key", 1, Instant.EPOCH);
  }
}
