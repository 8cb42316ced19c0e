package routes.intake;

import org.jspecify.annotations.Nullable;

/** How a protocol tells its clients what went wrong. Thread-safe. */
@FunctionalInterface
public interface Dialect {

  /**
   * The answer to a request.
   *
   * @param type of the request's body; null = it had none
   */
  Reply reply(HttpProblem problem, @Nullable String type);
}
