package routes.speed;

import com.google.errorprone.annotations.ThreadSafe;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import routes.ledger.Position;
import routes.record.LogRecord;
import routes.signal.Signal;
import routes.stream.StreamRead;
import routes.stream.StreamRecord;
import routes.stream.StreamRejection;

/** Counts what was read of shards. */
@ThreadSafe
public final class Figures {

  /** PostgreSQL has no NUL in a text. */
  private static final char NUL = '\0';

  private static final char REPLACEMENT = '\uFFFD';

  private final FigureStore store;
  private final Function<String, Signal> signals;
  private final MeasureReader measures = new MeasureReader();

  /**
   * @param signals those of the streams
   */
  Figures(FigureStore store, Function<String, Signal> signals) {
    this.store = store;
    this.signals = signals;
  }

  /**
   * Adds a part of a read to the figures, less what is counted already and less the copies. Doing
   * so again changes nothing.
   *
   * @throws SQLException what the database answered, or that it did not
   */
  public void count(StreamRead read) throws SQLException {
    Signal signal = signals.apply(read.shard().stream());
    List<StreamRecord> records = read.withoutCopies();
    Position to = Position.START;
    Instant arrival = Instant.EPOCH;
    for (StreamRecord record : read.records()) {
      to = record.position();
      arrival = record.arrival();
    }
    for (StreamRejection rejection : read.rejections()) {
      to = Position.latest(to, rejection.position());
      arrival = rejection.arrival();
    }
    store.add(read.shard(), signal, to, arrival, from -> figures(records, from, signal));
  }

  /** Hours are made of the minutes, of which there are far fewer than of records. */
  private Map<Key, Figure> figures(List<StreamRecord> records, Position from, Signal signal) {
    Map<Key, Figure> minutes = minutes(records, from, signal);
    Map<Key, Figure> figures = new HashMap<>(minutes);
    minutes.forEach(
        (key, figure) ->
            figures
                .computeIfAbsent(
                    Key.of(Key.HOUR, key.start(), key.service(), key.series()),
                    hour -> new Figure())
                .addAll(figure));
    return figures;
  }

  private Map<Key, Figure> minutes(List<StreamRecord> records, Position from, Signal signal) {
    Map<Key, Figure> minutes = new HashMap<>();
    for (StreamRecord record : records) {
      if (record.position().isAfter(from)) {
        LogRecord log = record.record();
        Measure measure = measures.read(log);
        String service = log.service().replace(NUL, REPLACEMENT);
        String series = measure.series().replace(NUL, REPLACEMENT);
        minutes
            .computeIfAbsent(Key.of(Key.MINUTE, log.time(), service, series), key -> new Figure())
            .add(measure, log.line().length() + 1, log.time(), signal != Signal.METRICS);
      }
    }
    return minutes;
  }
}
