package routes.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import routes.json.ByteSlice;
import routes.json.JsonScalar;
import routes.signal.time.TimestampParser;

/** When a record happened, by its own account. */
final class TimeField extends ChosenField<Instant> {

  private final List<String> names;
  private final Duration maxFuture;

  TimeField(List<String> names, Duration maxFuture) {
    super(Field.TIMESTAMP);
    this.names = names;
    this.maxFuture = maxFuture;
  }

  @Override
  Instant read(JsonScalar value, Instant arrival) throws RejectedException {
    return read(value.bytes(), arrival);
  }

  /** The time in a text, or why it cannot serve. */
  Instant read(ByteSlice text, Instant arrival) throws RejectedException {
    Instant time = TimestampParser.parse(text);
    if (time == null) {
      throw new RejectedException(
          Reason.BAD_TIMESTAMP,
          "Timestamp "
              + Excerpt.of(text)
              + " is neither ISO-8601, such as 2026-08-22T13:05:09Z, nor a number of seconds,"
              + " milli-, micro- or nanoseconds since 1970");
    }
    if (time.isBefore(Instant.EPOCH)) {
      throw new RejectedException(
          Reason.BEFORE_1970, "Timestamp " + Excerpt.of(text) + " is before 1970");
    }
    if (time.isBefore(RecordParser.EARLIEST)) {
      throw new RejectedException(
          Reason.BAD_TIMESTAMP,
          "Timestamp "
              + Excerpt.of(text)
              + " would be "
              + time
              + ", before 2000: no time of a log, but a clock that was not set, a duration or"
              + " another unit");
    }
    if (time.isAfter(arrival.plus(maxFuture))) {
      throw new RejectedException(
          Reason.TOO_FAR_IN_FUTURE,
          "Timestamp "
              + Excerpt.of(text)
              + " is more than "
              + maxFuture
              + " after the record's arrival at "
              + arrival);
    }
    return time;
  }

  @Override
  void choose(FieldScan fields, JsonScalar value) {
    fields.chooseTime(value);
  }

  @Override
  RejectedException missing() {
    return new RejectedException(
        Reason.NO_TIMESTAMP, "No text or number in any of the fields " + names);
  }
}
