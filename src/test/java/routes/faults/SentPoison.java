package routes.faults;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import routes.deadletter.DeadLetter;
import routes.deadletter.DeadLetters;
import routes.deadletter.Source;
import routes.deadletter.Undeliverable;
import routes.record.ByteSlice;
import routes.record.Reason;
import routes.record.Rejection;

/** What was sent that no record is, by the id its dead letter must have. Thread-safe. */
final class SentPoison {

  private final DeadLetters letters;
  private final Map<String, String> sent = new ConcurrentHashMap<>();

  SentPoison(DeadLetters letters) {
    this.letters = letters;
  }

  void sent(String stage, Source source, byte[] bytes) {
    ByteSlice slice = ByteSlice.of(bytes);
    Undeliverable record =
        new Undeliverable(
            slice, new Rejection(Reason.NOT_JSON, ""), stage, source, null, null, 1, Instant.EPOCH);
    DeadLetter letter = DeadLetter.parse(letters.message(record));
    sent.put(letter.id(), slice.toString());
  }

  /** What was sent, by dead-letter id. */
  Map<String, String> byId() {
    return Map.copyOf(sent);
  }
}
