package routes.demo.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import routes.demo.data.Data;
import routes.demo.people.Dice;
import routes.demo.text.Text;

/** A kind of log, such as nginx's access log: its fields, its levels and what its messages say. */
public final class LogKind {

  /** How much of it is structured. */
  public enum Form {
    /** The whole line of the system is the message. */
    TEXT,
    /** Fields beside a short message. */
    STRUCTURED,
    /** Several lines in one message, such as a stack trace. */
    MULTILINE
  }

  private static final Set<String> NAMES =
      Set.of(
          "id", "title", "form", "levels", "level_by", "fields", "values", "message", "messages");

  private final String id;
  private final String group;
  private final String title;
  private final Form form;
  private final LevelMix levels;
  private final boolean levelByStatus;
  private final List<String> fields;
  private final List<Value> values = new ArrayList<>();
  private final List<String> openings = new ArrayList<>();
  private final List<String> closings = new ArrayList<>();
  private final NavigableMap<Level, List<Template>> messages = new TreeMap<>();
  private final String type;

  private LogKind(Data data, String group, Values known) {
    data.only(NAMES);
    this.group = group;
    id = data.get("id").text();
    title = data.get("title").text();
    form = data.get("form").oneOf(Form.class);
    levels = LevelMix.read(data.get("levels"));
    levelByStatus = data.text("level_by", "mix").equals("status");
    List<String> names = new ArrayList<>();
    data.find("fields")
        .ifPresent(
            all ->
                all.entries()
                    .forEach(
                        (name, spec) -> {
                          boolean bare = known.isBare(spec);
                          openings.add(",\"" + name + (bare ? "\":" : "\":\""));
                          closings.add(bare ? "" : "\"");
                          names.add(name);
                          values.add(known.read(spec));
                        }));
    fields = List.copyOf(names);
    data.find("values")
        .ifPresent(
            all ->
                all.entries()
                    .forEach(
                        (name, spec) -> {
                          names.add(name);
                          values.add(known.read(spec));
                        }));
    readMessages(data, known, names);
    type = "\",\"log_type\":\"" + id + "\"";
  }

  static LogKind read(Data data, String group, Values values) {
    return new LogKind(data, group, values);
  }

  private void readMessages(Data data, Values known, List<String> names) {
    if (data.find("message").isPresent()) {
      messages.put(Level.DEBUG, templates(data.get("message"), known, names));
    } else {
      data.get("messages")
          .entries()
          .forEach(
              (level, texts) -> messages.put(Level.valueOf(level), templates(texts, known, names)));
    }
  }

  private static List<Template> templates(Data data, Values known, List<String> names) {
    return data.items().stream().map(text -> Template.read(text, known, names)).toList();
  }

  public String id() {
    return id;
  }

  public String group() {
    return group;
  }

  public String title() {
    return title;
  }

  public Form form() {
    return form;
  }

  public LevelMix levels() {
    return levels;
  }

  /** The names of its own fields, beside those that every log has. */
  public List<String> fields() {
    return fields;
  }

  Level level(Situation situation, Dice dice) {
    if (levelByStatus) {
      return switch (situation.outcome()) {
        case OK -> Level.INFO;
        case REFUSED -> Level.WARN;
        case FAILED -> Level.ERROR;
      };
    }
    return situation.trace() == null ? levels.any(dice) : levels.of(situation.outcome(), dice);
  }

  /** Writes what is its own: the message, its type, and its fields. */
  void write(Writing log, Text line) {
    for (int i = 0; i < values.size(); i++) {
      log.choose(i, values.get(i));
    }
    List<Template> forms = Level.nearest(messages, log.level());
    forms.get(forms.size() == 1 ? 0 : log.dice.below(forms.size())).write(log, line);
    line.put(type);
    for (int i = 0; i < fields.size(); i++) {
      line.put(openings.get(i));
      log.copy(i, line);
      line.put(closings.get(i));
    }
  }
}
