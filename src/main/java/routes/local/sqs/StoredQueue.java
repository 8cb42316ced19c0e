package routes.local.sqs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue's settings as they lie on disk. Times are milliseconds since 1970.
 *
 * @param redriveTo the queue that takes what was received {@code maxReceiveCount} times; null when
 *     there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StoredQueue(
    String name,
    long visibilityTimeoutMillis,
    long delayMillis,
    long receiveWaitMillis,
    long created,
    long lastModified,
    @Nullable String redriveTo,
    int maxReceiveCount) {

  /** Everything as AWS has it unless told otherwise. */
  static StoredQueue of(String name, long now) {
    return new StoredQueue(name, 30_000, 0, 0, now, now, null, 0);
  }

  boolean hasSettingsOf(StoredQueue other) {
    return visibilityTimeoutMillis == other.visibilityTimeoutMillis
        && delayMillis == other.delayMillis
        && receiveWaitMillis == other.receiveWaitMillis
        && Objects.equals(redriveTo, other.redriveTo)
        && maxReceiveCount == other.maxReceiveCount;
  }
}
