package routes.record;

import org.jspecify.annotations.Nullable;
import routes.json.ByteHash;
import routes.json.ByteSearch;
import routes.json.ByteSlice;

/**
 * Finds the fields of a record that is JSON beyond doubt, as nearly all are, without an object for
 * any of its tokens. It vouches for less than a parser would take: an escape in a name, deep
 * nesting, whatever is unusual and every fault are left to one, which has the words for it too. One
 * pass over one record; not thread-safe.
 */
final class PlainScan {

  private static final int MAX_DEPTH = 16;

  private final FieldScan fields;
  private final SeenNames seen;
  private final int maxDepth;
  private final byte[] b;
  private final int start;
  private final int end;
  private int at;

  /**
   * A scan of a record that holds UTF-8.
   *
   * @param fields takes what is found
   * @param seen without names
   * @param maxDepth how deep objects and arrays may nest
   */
  PlainScan(ByteSlice record, FieldScan fields, SeenNames seen, int maxDepth) {
    this.fields = fields;
    this.seen = seen;
    this.maxDepth = Math.min(maxDepth, MAX_DEPTH);
    this.b = record.array();
    this.start = record.offset();
    this.end = record.end();
    this.at = start;
  }

  /**
   * Whether the record is one well-formed object in which no name is twice, as far as can be told;
   * otherwise what was found so far is of no use.
   */
  boolean run(FieldIndex.Names top) {
    return takes('{') && object(top, 1) && at == end && !seen.isDoubtful();
  }

  /** From behind the opening brace to behind the closing one. */
  private boolean object(FieldIndex.@Nullable Names names, int depth) {
    if (depth > maxDepth) {
      return false;
    }
    int object = seen.object();
    skipSpace();
    if (takes('}')) {
      return true;
    }
    do {
      skipSpace();
      if (!field(names, object, depth)) {
        return false;
      }
      skipSpace();
    } while (takes(','));
    return takes('}');
  }

  private boolean field(FieldIndex.@Nullable Names names, int object, int depth) {
    if (!takes('"')) {
      return false;
    }
    int name = at;
    int nameEnd = ByteSearch.findEndOfPlainText(b, name, end);
    at = nameEnd;
    if (!takes('"')) {
      return false;
    }
    int hash = ByteHash.of(b, name, nameEnd);
    seen.add(hash, object);
    fields.sawField();
    skipSpace();
    if (!takes(':')) {
      return false;
    }
    skipSpace();
    FieldIndex.Entry entry = names == null ? null : names.find(b, name, nameEnd, hash);
    if (entry == null) {
      return value(null, depth);
    }
    if (entry.slot() != FieldIndex.NO_SLOT) {
      fields.found(entry.slot(), at - start);
    }
    return value(entry.inside(), depth);
  }

  /**
   * Passes over one value.
   *
   * @param names those that mean something if it is an object
   */
  private boolean value(FieldIndex.@Nullable Names names, int depth) {
    if (at == end) {
      return false;
    }
    return switch (b[at]) {
      case '"' -> text();
      case '{' -> takes('{') && object(names, depth + 1);
      case '[' -> takes('[') && array(depth + 1);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean array(int depth) {
    if (depth > maxDepth) {
      return false;
    }
    skipSpace();
    if (takes(']')) {
      return true;
    }
    do {
      skipSpace();
      if (!value(null, depth)) {
        return false;
      }
      skipSpace();
    } while (takes(','));
    return takes(']');
  }

  private boolean text() {
    at = ByteSearch.findEndOfPlainText(b, at + 1, end);
    while (takes('\\')) {
      if (!escape()) {
        return false;
      }
      at = ByteSearch.findEndOfPlainText(b, at, end);
    }
    return takes('"');
  }

  /** From behind the backslash. */
  private boolean escape() {
    if (at == end) {
      return false;
    }
    return switch (b[at++]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      case 'u' -> {
        int digits = at;
        while (at < end && at < digits + 4 && Character.digit(b[at], 16) >= 0) {
          at++;
        }
        yield at == digits + 4;
      }
      default -> false;
    };
  }

  private boolean word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!takes(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** A number (RFC 8259, section 6). */
  private boolean number() {
    if (at < end && b[at] == '-') {
      at++;
    }
    if (!takes('0') && !digits()) {
      return false;
    }
    if (takes('.') && !digits()) {
      return false;
    }
    if (takes('e') || takes('E')) {
      skipSign();
      return digits();
    }
    return true;
  }

  private void skipSign() {
    if (at < end && (b[at] == '+' || b[at] == '-')) {
      at++;
    }
  }

  /** Passes over digits, of which there must be one. */
  private boolean digits() {
    int first = at;
    while (at < end && b[at] >= '0' && b[at] <= '9') {
      at++;
    }
    return at > first;
  }

  private boolean takes(char c) {
    if (at == end || b[at] != c) {
      return false;
    }
    at++;
    return true;
  }

  private void skipSpace() {
    while (at < end && ByteSlice.isWhiteSpace(b[at])) {
      at++;
    }
  }
}
