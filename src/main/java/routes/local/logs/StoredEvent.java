package routes.local.logs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * An event as it lies on disk. Times are milliseconds since 1970.
 *
 * @param timestamp when it happened, by whoever put it
 * @param ingestionTime when it was put
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StoredEvent(long timestamp, long ingestionTime, String message) {}
