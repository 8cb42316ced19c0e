package routes.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/** {@code application/problem+json} (RFC 9457), where no protocol says otherwise. */
final class ProblemDialect implements Dialect {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Reply reply(HttpProblem problem, @Nullable String type) {
    String title = HttpResponseStatus.valueOf(problem.status()).reasonPhrase();
    Problem body = new Problem(problem.status(), title, problem.detail(), problem.errors());
    try {
      return new Reply(problem.status(), "application/problem+json", JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("Numbers and texts are always JSON", impossible);
    }
  }
}
