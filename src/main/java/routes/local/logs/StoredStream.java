package routes.local.logs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A log stream as it lies on disk.
 *
 * @param created milliseconds since 1970
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StoredStream(String name, long created) {}
