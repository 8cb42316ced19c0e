package routes.intake;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.publish.PublishException;
import routes.publish.PublishOverloadedException;
import routes.publish.SignalOffException;

/** Tells clients what went wrong, each in its own protocol. Thread-safe. */
public final class Problems {

  private static final Dialect OTHERS = new ProblemDialect();

  private final Map<String, Dialect> dialects;

  /**
   * @param dialects by the path under which a protocol is spoken; problem+json under any other
   */
  public Problems(Map<String, Dialect> dialects) {
    this.dialects = Map.copyOf(dialects);
  }

  /** What a failure is to a client. What was not foreseen is not told. */
  public HttpProblem of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpProblem problem) {
        return problem;
      }
      if (cause instanceof PublishOverloadedException overloaded) {
        return HttpProblem.busy(String.valueOf(overloaded.getMessage()));
      }
      if (cause instanceof SignalOffException off) {
        return new HttpProblem(404, String.valueOf(off.getMessage()));
      }
      if (cause instanceof PublishException unpublished) {
        return HttpProblem.unavailable(String.valueOf(unpublished.getMessage()));
      }
    }
    // Never 500: shippers drop what is answered so.
    return HttpProblem.unavailable("Something failed here; send the request again later");
  }

  /**
   * The answer to a request that a route took.
   *
   * @param headers of the request
   */
  public Reply reply(HttpProblem problem, Map<String, Object> headers) {
    return reply(
        problem,
        RequestHead.text(headers, RequestHead.PATH),
        RequestHead.text(headers, RequestHead.TYPE));
  }

  /**
   * The answer to a request.
   *
   * @param path of its URL
   * @param type of its body, as it says
   */
  Reply reply(HttpProblem problem, @Nullable String path, @Nullable String type) {
    return dialects.entrySet().stream()
        .filter(dialect -> path != null && isUnder(path, dialect.getKey()))
        .map(Map.Entry::getValue)
        .findAny()
        .orElse(OTHERS)
        .reply(problem, type)
        .with(problem.headers())
        .again(problem.retryAfter());
  }

  private static boolean isUnder(String path, String root) {
    return path.startsWith(root)
        && (path.length() == root.length() || path.charAt(root.length()) == '/');
  }
}
