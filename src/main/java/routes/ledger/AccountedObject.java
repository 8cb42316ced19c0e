package routes.ledger;

import java.util.UUID;

/**
 * An object that is in the lake, as it counts.
 *
 * @param hour of its group, in whole ones since 1970-01-01T00:00Z
 * @param name its name without its group
 * @param bytes its size as it is stored
 * @param arrivals of its records and copies
 */
public record AccountedObject(long hour, UUID name, long bytes, Arrivals arrivals) {

  /** Whether it counts in its group: of such an hour, and beginning with what arrived since. */
  boolean counts(long since, long groupsSince) {
    return hour >= groupsSince
        && !arrivals.byHour().isEmpty()
        && arrivals.byHour().firstKey() >= since;
  }
}
