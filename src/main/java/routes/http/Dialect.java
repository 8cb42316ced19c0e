package routes.http;

import com.google.errorprone.annotations.ThreadSafe;
import org.jspecify.annotations.Nullable;

/** How a protocol tells its clients what went wrong. */
@FunctionalInterface
@ThreadSafe
public interface Dialect {

  /**
   * The answer to a request that is refused.
   *
   * @param type of the request's body; null = it had none
   */
  Reply refuse(HttpProblem problem, @Nullable String type);
}
