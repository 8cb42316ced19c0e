package routes.demo.logs;

import java.util.ArrayList;
import java.util.List;
import routes.demo.data.Data;
import routes.demo.text.Text;

/**
 * A text with values in braces: {@code took {duration_ms} ms}. The difference of two fields is a
 * value too: {@code {total-active}}. A brace that is meant is doubled.
 */
final class Template implements Value {

  private final Value[] parts;

  private Template(List<Value> parts) {
    this.parts = parts.toArray(new Value[0]);
  }

  /**
   * @param fields whose values may be named, those of the log itself first
   */
  static Template read(Data data, Values values, List<String> fields) {
    String text = data.text();
    List<Value> parts = new ArrayList<>();
    StringBuilder constant = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == '{' || c == '}') && text.startsWith(String.valueOf(c).repeat(2), i)) {
        constant.append(c);
        i++;
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        if (end < 0) {
          throw data.refused("a brace is not closed; one that is meant is doubled");
        }
        parts.add(Value.constant(constant.toString()));
        constant.setLength(0);
        parts.add(placeholder(data, text.substring(i + 1, end), values, fields));
        i = end;
      } else {
        constant.append(c);
      }
    }
    parts.add(Value.constant(constant.toString()));
    return new Template(parts);
  }

  private static Value placeholder(Data data, String name, Values values, List<String> fields) {
    int field = fields.indexOf(name);
    if (field >= 0) {
      return (log, out) -> log.copy(field, out);
    }
    int minus = name.indexOf('-');
    int whole = minus < 0 ? -1 : fields.indexOf(name.substring(0, minus));
    int part = fields.indexOf(name.substring(minus + 1));
    return whole >= 0 && part >= 0
        ? (log, out) -> out.number(log.number(whole) - log.number(part))
        : values.read(data, name);
  }

  @Override
  public void write(Writing log, Text out) {
    for (Value part : parts) {
      part.write(log, out);
    }
  }
}
