package routes.demo.logs;

import routes.demo.text.Text;

/** A value of a log, or a part of its message. */
@FunctionalInterface
interface Value {

  void write(Writing log, Text out);

  /** A text that is always the same. */
  static Value constant(String text) {
    byte[] escaped = Text.escaped(text);
    return (log, out) -> out.put(escaped);
  }
}
