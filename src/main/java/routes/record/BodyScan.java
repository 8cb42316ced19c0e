package routes.record;

import java.util.function.Function;
import routes.json.ByteSearch;
import routes.json.ByteSlice;
import routes.json.ValueEnd;

/** One pass over one body. Takes time in proportion to the body's length, whatever is in it. */
final class BodyScan {

  /** How often a body may be searched in vain for the ends of its values, in its own lengths. */
  private static final int MAX_VAIN_SEARCHES = 4;

  private final ByteSlice body;
  private final Function<ByteSlice, ParseResult> parse;
  private final RecordSink sink;
  private final byte[] b;
  private final int end;
  private int at;
  private int index;
  private boolean inArray;
  private long searchedInVain;

  BodyScan(ByteSlice body, Function<ByteSlice, ParseResult> parse, RecordSink sink) {
    this.body = body.withoutByteOrderMark();
    this.parse = parse;
    this.sink = sink;
    this.b = this.body.array();
    this.at = this.body.offset();
    this.end = this.body.end();
  }

  void run() {
    for (skipWhiteSpace(); at < end; skipWhiteSpace()) {
      if (b[at] == '[' && !inArray) {
        inArray = true;
        at++;
      } else if (b[at] == ']' && inArray) {
        inArray = false;
        at++;
      } else if (b[at] == ',' && inArray) {
        at++;
      } else if (b[at] == 0) {
        takeHole();
      } else if (inArray) {
        takeValue();
      } else if (b[at] != '{') {
        take(ByteSearch.find('\n', b, at, end));
      } else if (!takeLine()) {
        takeValue();
      }
    }
    if (inArray) {
      Rejection rejection =
          new Rejection(
              Reason.NOT_JSON,
              "The array is not closed after element " + (index - 1) + ": there may be more");
      sink.accept(index, body.slice(body.length(), body.length()), rejection);
    }
  }

  /** Takes NULs, as a file has them that was cut while its writer went on, but not what follows. */
  private void takeHole() {
    int to = at;
    while (to < end && b[to] == 0) {
      to++;
    }
    take(to);
  }

  /** Takes a line that is one record, the usual case, without searching for the record's end. */
  private boolean takeLine() {
    boolean startsLine = at == body.offset() || b[at - 1] == '\n';
    if (!startsLine) {
      return false;
    }
    int lineEnd = ByteSearch.find('\n', b, at, end);
    ByteSlice line = slice(lineEnd);
    if (line.at(line.length() - 1) != '}') {
      return false;
    }
    ParseResult result = parse.apply(line);
    if (result instanceof Rejection rejection && !rejection.reason().isOfJsonObject()) {
      return false;
    }
    sink.accept(index++, line, result);
    at = lineEnd;
    return true;
  }

  private void takeValue() {
    if (searchedInVain > (long) MAX_VAIN_SEARCHES * body.length()) {
      take(end);
      return;
    }
    int valueEnd = ValueEnd.find(b, at, end);
    if (valueEnd < 0) {
      searchedInVain += ~valueEnd - at;
      valueEnd = nextLineOfObject();
    }
    take(valueEnd);
  }

  private int nextLineOfObject() {
    int line = at;
    do {
      line = Math.min(ByteSearch.find('\n', b, line, end) + 1, end);
    } while (line < end && b[line] != '{');
    return line;
  }

  private void take(int to) {
    ByteSlice element = slice(to);
    sink.accept(index++, element, parse.apply(element));
    at = to;
  }

  private ByteSlice slice(int to) {
    return body.slice(at - body.offset(), to - body.offset()).trim();
  }

  private void skipWhiteSpace() {
    while (at < end && ByteSlice.isWhiteSpace(b[at])) {
      at++;
    }
  }
}
