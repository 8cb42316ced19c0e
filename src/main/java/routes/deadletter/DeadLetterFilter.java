package routes.deadletter;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those that fit all that is given.
 *
 * @param ids empty = any
 * @param reasons codes; empty = any
 * @param service null = any
 * @param from those given up at this time or later; null = any
 * @param to those given up before this time; null = any
 */
public record DeadLetterFilter(
    Set<String> ids,
    Set<String> reasons,
    @Nullable String service,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** All dead letters. */
  public static final DeadLetterFilter ALL =
      new DeadLetterFilter(Set.of(), Set.of(), null, null, null);

  public DeadLetterFilter {
    ids = Set.copyOf(ids);
    reasons = Set.copyOf(reasons);
  }

  boolean matches(DeadLetter letter) {
    return (ids.isEmpty() || ids.contains(letter.id()))
        && (reasons.isEmpty() || reasons.contains(letter.reason()))
        && (service == null || service.equals(letter.service()))
        && (from == null || !letter.at().isBefore(from))
        && (to == null || letter.at().isBefore(to));
  }
}
