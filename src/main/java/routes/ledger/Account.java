package routes.ledger;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * What was counted of a shard. It belongs to a checkpoint: what is delivered by that is counted
 * here, once, whoever delivered it and however often it was read. Hours are whole ones since
 * 1970-01-01T00:00Z.
 *
 * @param since the hour of arrival from which on counts are whole; of earlier ones there are none
 * @param groupsSince the hour of groups from which on they are counted
 * @param readTo up to where elements were counted as read
 * @param arrivals of the last day
 * @param groups what lies in the lake of the groups of the last hours, by hour and group
 */
public record Account(
    long since,
    long groupsSince,
    Position readTo,
    Arrivals arrivals,
    SortedMap<Long, Map<String, ObjectSum>> groups) {

  /** Nothing was counted, and there was nothing to count. */
  public static final Account NONE =
      new Account(0, 0, Position.START, Arrivals.NONE, ImmutableSortedMap.of());

  public Account {
    ImmutableSortedMap.Builder<Long, Map<String, ObjectSum>> copy =
        ImmutableSortedMap.naturalOrder();
    groups.forEach((hour, sums) -> copy.put(hour, Map.copyOf(sums)));
    groups = copy.build();
  }

  /** One that begins amid a shard: with what arrives after an hour. */
  public static Account after(long hour) {
    return new Account(hour + 1, 0, Position.START, Arrivals.NONE, ImmutableSortedMap.of());
  }

  /** Whether an object is one that counts among its group. */
  public boolean counts(AccountedObject object) {
    return object.counts(since, groupsSince);
  }
}
