package routes.local.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An event as it is read.
 *
 * @param id 56 digits that no other event has; in their order events are read, which is that of
 *     their times
 * @param stream whose event it is
 */
record ReadEvent(String id, String stream, StoredEvent event) {

  /** What it counts for in an answer. */
  int bytes() {
    return event.message().getBytes(UTF_8).length + PutRules.OVERHEAD_BYTES;
  }
}
