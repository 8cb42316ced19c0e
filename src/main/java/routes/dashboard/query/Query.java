package routes.dashboard.query;

import java.util.List;
import java.util.Set;
import routes.record.FieldNames;

/**
 * What is searched for. Immutable.
 *
 * <p>Words are texts anywhere in the line, {@code "some words"} too; {@code field:value} is a
 * field, {@code field:"some words"}, {@code field:be*n}, {@code field:*} for any value, {@code
 * field:>=5} and {@code field:(a OR b)}. They are joined by nothing or AND, by OR, NOT or a minus
 * in front, and brackets. {@code level} is compared however loggers write it, so {@code
 * level:>=warn} is a warning and all that is worse; {@code service} is the lake's, {@code message}
 * goes by all its names.
 */
public final class Query {

  private final Condition condition;

  private Query(Condition condition) {
    this.condition = condition;
  }

  /**
   * A query of its text; nothing is all.
   *
   * @throws IllegalArgumentException what cannot be understood, and where
   */
  public static Query of(String text, FieldNames names) {
    return new Query(new QueryParser(text, names).parse());
  }

  /** A text anywhere in the line, whatever is in it. */
  public static Query ofText(String text) {
    return new Query(new Condition.Text(TextForms.of(text)));
  }

  public Query and(Query other) {
    return new Query(new Condition.All(List.of(condition, other.condition)));
  }

  public boolean accepts(Candidate candidate) {
    return condition.accepts(candidate);
  }

  /** Ids of {@link HexIds} that every accepted record has. */
  public Set<Long> ids() {
    return condition.ids();
  }

  /** Whether records of a service can be accepted at all. */
  public boolean mayAccept(String service) {
    return condition.mayAccept(service);
  }
}
