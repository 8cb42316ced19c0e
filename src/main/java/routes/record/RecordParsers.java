package routes.record;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import routes.signal.Signal;

/** A parser for the records of each signal, under one set of rules. */
@ThreadSafe
public final class RecordParsers {

  private final Map<Signal, RecordParser> parsers = new EnumMap<>(Signal.class);

  public RecordParsers(FieldNames names, RecordLimits limits, ServiceRule services) {
    for (Signal signal : Signal.values()) {
      parsers.put(signal, new RecordParser(signal, names, limits, services));
    }
  }

  /** The parser of a signal's records. */
  public RecordParser of(Signal signal) {
    return Objects.requireNonNull(parsers.get(signal));
  }
}
