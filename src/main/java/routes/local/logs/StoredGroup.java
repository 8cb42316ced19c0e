package routes.local.logs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A group's settings as they lie on disk.
 *
 * @param created milliseconds since 1970
 * @param retentionDays null = for ever
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StoredGroup(String name, long created, @Nullable Integer retentionDays) {}
