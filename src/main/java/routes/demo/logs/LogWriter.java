package routes.demo.logs;

import org.jspecify.annotations.Nullable;
import routes.demo.people.Dice;
import routes.demo.text.Text;

/** Writes logs of any kind as lines of JSON, each with an id of its own. Not thread-safe. */
public final class LogWriter {

  private final Dice dice;
  private final Writing writing;
  private final Text line = new Text();
  private final long run;
  private long number;

  /**
   * @param run part of the ids, so that those of another run differ
   */
  public LogWriter(Dice dice, long run) {
    this.dice = dice;
    this.writing = new Writing(dice);
    this.run = run;
  }

  /**
   * Writes one.
   *
   * @param asked null for the level that the kind has in this situation
   * @return the line, until the next is written
   */
  public Text write(LogKind kind, Situation situation, @Nullable Level asked, long nanos) {
    Level level = asked == null ? kind.level(situation, dice) : asked;
    line.clear().put("{\"timestamp\":\"").time(nanos);
    line.put("\",\"service\":\"").put(situation.service());
    line.put("\",\"level\":\"").put(level.name());
    line.put("\",\"message\":\"");
    kind.write(writing.begin(situation, level, nanos), line);
    Trace trace = situation.trace();
    if (trace != null) {
      line.put(",\"trace_id\":\"").hex(trace.high(), 16).hex(trace.low(), 16);
      line.put("\",\"span_id\":\"").hex(trace.span(), 16).put('"');
    }
    line.put(",\"instance\":\"").put(situation.instance().name());
    line.put("\",\"version\":\"").put(situation.instance().version());
    line.put("\",\"record_id\":\"").hex(run, 8).put('-').hex(number++, 9);
    return line.put("\"}");
  }
}
