package routes.faults;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import routes.deadletter.DeadLetter;
import routes.deadletter.DeadLetters;
import routes.deadletter.Original;
import routes.deadletter.Source;
import routes.record.ByteSlice;
import routes.record.Reason;
import routes.record.Rejection;
import routes.signal.Signal;

/** What was sent that no record is, by the id its dead letter must have. Thread-safe. */
final class SentPoison {

  /** In place of when a file was first seen. */
  static final String UNFORESEEN = "";

  private final DeadLetters letters;
  private final Map<String, String> sent = new ConcurrentHashMap<>();

  SentPoison(DeadLetters letters) {
    this.letters = letters;
  }

  void sent(String stage, Source source, byte[] bytes) {
    ByteSlice slice = ByteSlice.of(bytes);
    sent.put(id(stage, source, slice), slice.toString());
  }

  /** The id of a letter, but for what nobody could foresee: when its file would first be seen. */
  String foreseenId(DeadLetter letter) {
    return letter.source() instanceof Source.File file
        ? id(
            letter.stage(),
            new Source.File(file.file(), UNFORESEEN, file.offset(), file.line()),
            ((Original.InMemory) letter.content()).bytes())
        : letter.id();
  }

  private String id(String stage, Source source, ByteSlice bytes) {
    DeadLetter record =
        DeadLetter.of(
            new Original.InMemory(bytes),
            new Rejection(Reason.NOT_JSON, ""),
            stage,
            source,
            null,
            Instant.EPOCH,
            1,
            Signal.LOGS);
    return DeadLetter.parse(letters.message(record)).id();
  }

  /** What was sent, by dead-letter id as far as it could be foreseen. */
  Map<String, String> byId() {
    return Map.copyOf(sent);
  }
}
