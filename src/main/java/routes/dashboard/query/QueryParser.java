package routes.dashboard.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import routes.record.FieldNames;
import routes.signal.Level;

/** Reads a query. For one use. */
final class QueryParser {

  /** A name in front of a colon; an address such as http://x is none. */
  private static final Pattern FIELD = Pattern.compile("([A-Za-z_@][\\w.@/-]*):(?!//)");

  private static final int DEEPEST = 50;

  private final String text;
  private final FieldNames names;
  private int at;
  private int depth;

  QueryParser(String text, FieldNames names) {
    this.text = text;
    this.names = names;
  }

  Condition parse() {
    skipSpaces();
    if (at == text.length()) {
      return new Condition.All(List.of());
    }
    Condition all = any(null);
    if (at < text.length()) {
      throw objection("the bracket is closed, but was not opened");
    }
    return all;
  }

  /**
   * @param field whose values words are; null where they are texts
   */
  private Condition any(@Nullable String field) {
    List<Condition> parts = new ArrayList<>(List.of(all(field)));
    while (takeWord("OR")) {
      parts.add(all(field));
    }
    return parts.size() == 1 ? parts.get(0) : new Condition.Any(parts);
  }

  private Condition all(@Nullable String field) {
    List<Condition> parts = new ArrayList<>(List.of(one(field)));
    while (at < text.length() && text.charAt(at) != ')' && !isWord("OR")) {
      takeWord("AND");
      parts.add(one(field));
    }
    return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
  }

  private Condition one(@Nullable String field) {
    if (at == text.length()) {
      throw objection("something must follow");
    }
    if (takeWord("NOT") || takeMinus()) {
      deeper();
      Condition negated = new Condition.Not(one(field));
      depth--;
      return negated;
    }
    if (text.charAt(at) == '(') {
      return bracket(field);
    }
    if (text.charAt(at) == ')' || isWord("AND") || isWord("OR")) {
      throw objection("something must stand before it");
    }
    Matcher name = FIELD.matcher(text).region(at, text.length());
    if (field == null && name.lookingAt()) {
      at = name.end();
      return valueOf(name.group(1));
    }
    return field == null ? new Condition.Text(TextForms.of(word().text())) : ofField(field);
  }

  private Condition valueOf(String field) {
    if (at < text.length() && text.charAt(at) == '(') {
      return bracket(field);
    }
    return ofField(field);
  }

  private Condition bracket(@Nullable String field) {
    deeper();
    at++;
    skipSpaces();
    Condition inner = any(field);
    if (at == text.length()) {
      throw objection("a bracket is not closed");
    }
    at++;
    depth--;
    skipSpaces();
    return inner;
  }

  private void deeper() {
    if (++depth > DEEPEST) {
      throw objection("more than " + DEEPEST + " brackets are open");
    }
  }

  private Condition ofField(String field) {
    Comparison comparison = Comparison.at(text.substring(at));
    at += comparison.length();
    Word word = word();
    if (word.text().isEmpty() && !word.quoted()) {
      throw objection(field + ": needs a value, or * for any");
    }
    ValueMatch value = new ValueMatch(comparison, word.text(), word.quoted());
    if (field.equals("service")) {
      return new Condition.OfService(value);
    }
    Optional<Level> level = Level.of(word.text());
    if (field.equals("level") && level.isPresent()) {
      return new Condition.OfLevel(comparison, level.get());
    }
    List<String> called =
        switch (field) {
          case "level" -> names.level();
          case "message" -> names.message();
          default -> List.of(field);
        };
    return new Condition.OfField(called.stream().map(FieldPath::new).toList(), value);
  }

  /** What stands between spaces and brackets, or between quotes. */
  private record Word(String text, boolean quoted) {}

  private Word word() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && " \t\n\r()".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    skipSpaces();
    return new Word(word, false);
  }

  /** A backslash takes what follows as it is. */
  private Word quoted() {
    StringBuilder word = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      word.append(text.charAt(at));
    }
    if (at == text.length()) {
      throw objection("a quote is not closed");
    }
    at++;
    skipSpaces();
    return new Word(word.toString(), true);
  }

  private boolean takeMinus() {
    boolean minus = text.charAt(at) == '-' && at + 1 < text.length() && text.charAt(at + 1) > ' ';
    at += minus ? 1 : 0;
    return minus;
  }

  private boolean takeWord(String word) {
    boolean here = isWord(word);
    if (here) {
      at += word.length();
      skipSpaces();
    }
    return here;
  }

  private boolean isWord(String word) {
    int end = at + word.length();
    return text.startsWith(word, at)
        && (end == text.length() || " \t\n\r()".indexOf(text.charAt(end)) >= 0);
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private IllegalArgumentException objection(String what) {
    return new IllegalArgumentException("query, character %s: %s".formatted(at + 1, what));
  }
}
