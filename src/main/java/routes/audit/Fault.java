package routes.audit;

import java.util.Locale;

/**
 * Something for which the promise does not hold.
 *
 * @param where the record's place on the stream, or the object
 */
record Fault(Kind kind, String where, String what) {

  /** In which way. */
  enum Kind {
    /** A record that is delivered by its checkpoint, and not in the object that should have it. */
    MISSING,
    /** An object whose stretch of the stream another one holds, or a line that is there twice. */
    DOUBLE,
    /** A line that is none of the records that its object should hold. */
    ALTERED,
    /** An object under another name, or in another folder, than its records belong to. */
    MISPLACED,
    /** An object that does not say which records it holds. */
    UNKNOWN,
    /** An object that is damaged. */
    UNREADABLE
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%-10s %s: %s", kind, where, what);
  }
}
