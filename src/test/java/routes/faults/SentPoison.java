package routes.faults;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import routes.deadletter.DeadLetter;
import routes.deadletter.DeadLetters;
import routes.deadletter.Original;
import routes.deadletter.Source;
import routes.json.ByteSlice;
import routes.record.Reason;
import routes.record.Rejection;
import routes.signal.Signal;

/** What was sent that no record is, by the id its dead letter must have. Thread-safe. */
final class SentPoison {

  /** In place of when a file was first seen. */
  static final String UNFORESEEN = "";

  private final DeadLetters letters;
  private final Map<String, Signal> sent = new ConcurrentHashMap<>();

  SentPoison(DeadLetters letters) {
    this.letters = letters;
  }

  void sent(Signal signal, String stage, Source source, byte[] bytes) {
    sent.put(id(signal, stage, source, ByteSlice.of(bytes)), signal);
  }

  /** The id of a letter, but for what nobody could foresee: when its file would first be seen. */
  String foreseenId(DeadLetter letter) {
    return letter.source() instanceof Source.File file
        ? id(
            letter.signal(),
            letter.stage(),
            new Source.File(file.file(), UNFORESEEN, file.offset(), file.line()),
            ((Original.InMemory) letter.content()).bytes())
        : letter.id();
  }

  private String id(Signal signal, String stage, Source source, ByteSlice bytes) {
    DeadLetter record =
        DeadLetter.of(
            new Original.InMemory(bytes),
            new Rejection(Reason.NOT_JSON, ""),
            stage,
            source,
            null,
            Instant.EPOCH,
            1,
            signal);
    return DeadLetter.parse(letters.message(record)).id();
  }

  /** The signal of each, by dead-letter id as far as it could be foreseen. */
  Map<String, Signal> signals() {
    return Map.copyOf(sent);
  }
}
