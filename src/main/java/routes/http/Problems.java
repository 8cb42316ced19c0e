package routes.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.ThreadSafe;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells clients what went wrong, each in its own protocol. */
@ThreadSafe
public final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Dialect> dialects;
  private final IntConsumer refused;

  /**
   * @param dialects by the path under which a protocol is spoken; {@link #json} under any other
   * @param refused is told the status of each request that is refused
   */
  public Problems(Map<String, ? extends Dialect> dialects, IntConsumer refused) {
    this.dialects = Map.copyOf(dialects);
    this.refused = refused;
  }

  /**
   * The answer to a request that failed.
   *
   * @param path of its URL
   * @param type of its body, as it says
   */
  Reply refuse(Throwable failure, @Nullable String path, @Nullable String type) {
    HttpProblem problem = problem(failure, path);
    refused.accept(problem.status());
    return dialects.entrySet().stream()
        .filter(dialect -> path != null && isUnder(path, dialect.getKey()))
        .map(Map.Entry::getValue)
        .findAny()
        .orElse((why, ofBody) -> json(why))
        .refuse(problem, type)
        .with(problem.headers());
  }

  /** What was not foreseen stays in the log. */
  private static HttpProblem problem(Throwable failure, @Nullable String path) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpProblem problem) {
        return problem;
      }
    }
    LOG.error("A request to {} failed", path, failure);
    // Never 500: shippers drop what is answered so.
    return HttpProblem.unavailable("Something failed here; send the request again later");
  }

  private static boolean isUnder(String path, String root) {
    return path.startsWith(root)
        && (path.length() == root.length() || path.charAt(root.length()) == '/');
  }

  /** {@code application/problem+json} (RFC 9457), for where no protocol says otherwise. */
  public static Reply json(HttpProblem problem) {
    Body body =
        new Body(
            problem.status(),
            HttpResponseStatus.valueOf(problem.status()).reasonPhrase(),
            problem.detail(),
            problem.errors());
    try {
      return new Reply(problem.status(), "application/problem+json", JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("Numbers and texts are always JSON", impossible);
    }
  }

  private record Body(
      int status,
      String title,
      String detail,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RecordError> errors) {}
}
