package routes.deadletter;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import routes.deadletter.DeadLetterService.ReplayResult;
import routes.envelope.EnvelopeReader;
import routes.envelope.Pieces;
import routes.json.ByteSlice;
import routes.record.LogRecord;
import routes.record.ParseResult;
import routes.record.RecordParser;
import routes.record.RecordParsers;
import routes.record.Rejection;
import routes.signal.Signal;

/**
 * Puts dead letters back into the pipeline. A message is deleted after Kinesis has its record, and
 * one that is still no record after its successor is on the queue, so a crash leaves a copy more
 * and never a letter less.
 */
@ThreadSafe
final class Replay {

  private final DeadLetterQueue queue;
  private final ClaimChecks claimChecks;
  private final DeadLetters letters;
  private final Map<Signal, EnvelopeReader> envelopes = new EnumMap<>(Signal.class);
  private final RecordParsers parsers;
  private final Patcher patcher;
  private final Consumer<List<LogRecord>> publish;
  private final Clock clock;

  /**
   * @param publish returns once Kinesis has acknowledged all records, or throws
   */
  Replay(
      DeadLetterQueue queue,
      ClaimChecks claimChecks,
      DeadLetters letters,
      RecordParsers parsers,
      Patcher patcher,
      Consumer<List<LogRecord>> publish,
      Clock clock) {
    this.queue = queue;
    this.claimChecks = claimChecks;
    this.letters = letters;
    this.parsers = parsers;
    for (Signal signal : Signal.values()) {
      envelopes.put(signal, new EnvelopeReader(parsers.of(signal)));
    }
    this.patcher = patcher;
    this.publish = publish;
    this.clock = clock;
  }

  /**
   * Replays letters.
   *
   * @param limit at most so many, at least 1
   * @param goOn is told of what became of them so far, again and again
   */
  ReplayResult run(DeadLetterFilter filter, Patch patch, int limit, Predicate<ReplayResult> goOn) {
    Pass pass = new Pass(filter, patch, limit);
    pass.sweep.run(pass::take, () -> goOn.test(pass.result()));
    claimChecks.delete(pass.gone);
    return pass.result();
  }

  /** A letter that is still no acceptable record, and why. */
  private record StillRejected(DeadLetter letter, Rejection rejection) {}

  /** The records of one letter that holds several. */
  private final class Several {

    /** So many are held at once. */
    private static final int PUBLISHED_AT_ONCE = 1_000;

    private final DeadLetter letter;
    private final Patch patch;
    private final List<LogRecord> accepted = new ArrayList<>();
    private final Pieces left = new Pieces();
    private @Nullable Rejection first;
    private int published;
    private int rejected;

    Several(DeadLetter letter, Patch patch) {
      this.letter = letter;
      this.patch = patch;
    }

    void replay(ByteSlice bytes) {
      try {
        Objects.requireNonNull(envelopes.get(letter.signal()))
            .read(
                bytes,
                letter.at(),
                (key, hashKey) -> true,
                (index, element, unmended) -> take(index, element));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while replaying " + letter.id(), stop);
      }
      publishAccepted();
    }

    /** The attempts are part of the id, as what is left is counted anew the next time. */
    private void take(int index, ByteSlice element) {
      String id = "%s-%s-%s".formatted(letter.id(), letter.attempts(), index);
      ParseResult result = patcher.record(letter, id, element, patch, clock.instant());
      if (result instanceof LogRecord record) {
        accepted.add(record);
        if (accepted.size() == PUBLISHED_AT_ONCE) {
          publishAccepted();
        }
      } else if (result instanceof Rejection rejection) {
        first = first == null ? rejection : first;
        left.add(index, element);
        rejected++;
      }
    }

    private void publishAccepted() {
      if (!accepted.isEmpty()) {
        publish.accept(List.copyOf(accepted));
        published += accepted.size();
        accepted.clear();
      }
    }

    /** The letter with what is left of it, in the bytes it had if that is all. */
    String again() {
      Rejection why = Objects.requireNonNull(first);
      return published == 0
          ? letters.again(letter, why)
          : letters.again(letter, why, Original.of(left.list()), rejected);
    }
  }

  /** What is known in the course of one replay. */
  private final class Pass {

    private static final int REPLAYED = Integer.MAX_VALUE;

    private final Sweep sweep;
    private final Patch patch;

    /** By letter id: its messages with fewer attempts than this are done with. */
    private final Map<String, Integer> handled = new HashMap<>();

    private final Set<Content.ClaimCheck> gone = new HashSet<>();
    private int replayed;
    private int invalid;
    private int missing;

    Pass(DeadLetterFilter filter, Patch patch, int limit) {
      sweep =
          new Sweep(
              queue,
              letter -> filter.matches(letter) && !isLeft(letter),
              () -> limit - handled.size());
      this.patch = patch;
    }

    void take(QueueScan scan, List<HeldLetter> messages) {
      Map<String, DeadLetter> batch = new LinkedHashMap<>();
      for (HeldLetter message : messages) {
        if (!handled.containsKey(message.id())) {
          batch.putIfAbsent(message.id(), message.letter());
        }
      }
      try {
        replay(batch.values());
      } finally {
        for (HeldLetter message : scan.delete(messages.stream().filter(this::isDone).toList())) {
          if (handled.getOrDefault(message.id(), 0) == REPLAYED) {
            message.claimCheck().ifPresent(gone::add);
          }
        }
      }
    }

    private void replay(Collection<DeadLetter> batch) {
      Map<String, LogRecord> records = new LinkedHashMap<>();
      List<StillRejected> rejected = new ArrayList<>();
      for (DeadLetter letter : batch) {
        if (letter.records() > 1) {
          replaySeveral(letter);
          continue;
        }
        ParseResult result = record(letter);
        if (result instanceof LogRecord record) {
          records.put(letter.id(), record);
        } else if (result instanceof Rejection rejection) {
          rejected.add(new StillRejected(letter, rejection));
        } else {
          missing++;
          handled.put(letter.id(), 0);
        }
      }
      if (!records.isEmpty()) {
        publish.accept(List.copyOf(records.values()));
        records.keySet().forEach(id -> handled.put(id, REPLAYED));
        replayed += records.size();
      }
      for (StillRejected again : rejected) {
        queue.send(letters.again(again.letter(), again.rejection()));
        handled.put(again.letter().id(), again.letter().attempts() + 1);
        invalid++;
      }
    }

    private void replaySeveral(DeadLetter letter) {
      ByteSlice bytes = claimChecks.bytesOf(letter).orElse(null);
      if (bytes == null) {
        missing++;
        handled.put(letter.id(), 0);
        return;
      }
      Several records = new Several(letter, patch);
      records.replay(bytes);
      if (records.rejected == 0) {
        handled.put(letter.id(), REPLAYED);
        replayed++;
      } else {
        queue.send(records.again());
        handled.put(letter.id(), letter.attempts() + 1);
        invalid++;
      }
    }

    /** Null when the letter's bytes are gone. */
    private @Nullable ParseResult record(DeadLetter letter) {
      RecordParser parser = parsers.of(letter.signal());
      if (letter.content() instanceof Content.ClaimCheck check
          && check.size() > parser.maxBytes()) {
        return parser.tooLarge(check.size());
      }
      return claimChecks
          .bytesOf(letter)
          .map(bytes -> patcher.record(letter, bytes, patch, clock.instant()))
          .orElse(null);
    }

    private boolean isDone(HeldLetter message) {
      return message.letter().attempts() < handled.getOrDefault(message.id(), 0);
    }

    /** Whether it was tried and stays. */
    private boolean isLeft(DeadLetter letter) {
      return letter.attempts() >= handled.getOrDefault(letter.id(), REPLAYED);
    }

    ReplayResult result() {
      return new ReplayResult(
          replayed,
          invalid,
          missing,
          sweep.notRemoved(),
          sweep.scanned(),
          sweep.isComplete(),
          sweep.stopped());
    }
  }
}
