package routes.demo.logs;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import routes.demo.people.Dice;
import routes.demo.people.Order;
import routes.demo.text.Text;

/** The log that is being written: its circumstances, and the values of its fields so far. */
final class Writing {

  private static final int MAX_FIELDS = 32;

  final Dice dice;
  private final Text values = new Text();
  private final int[] ends = new int[MAX_FIELDS];
  private @Nullable Situation situation;
  private Level level = Level.INFO;
  private long nanos;

  Writing(Dice dice) {
    this.dice = dice;
  }

  Writing begin(Situation next, Level nextLevel, long epochNanos) {
    situation = next;
    level = nextLevel;
    nanos = epochNanos;
    values.clear();
    return this;
  }

  Situation situation() {
    return Objects.requireNonNull(situation);
  }

  Level level() {
    return level;
  }

  Order order() {
    return Objects.requireNonNull(situation().order(), "A log about an order needs one");
  }

  long nanos() {
    return nanos;
  }

  /** Chooses the value of the field with this number; those before it have theirs. */
  void choose(int field, Value value) {
    value.write(this, values);
    ends[field] = values.length();
  }

  void copy(int field, Text out) {
    out.put(values, start(field), ends[field]);
  }

  /** The value of a field that holds a whole number. */
  long number(int field) {
    return values.numberAt(start(field), ends[field]);
  }

  private int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }
}
