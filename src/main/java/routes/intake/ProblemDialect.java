package routes.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;

/** {@code application/problem+json} (RFC 9457), where no protocol says otherwise. */
final class ProblemDialect implements Dialect {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Reply word(Refusal refusal) {
    String title = HttpResponseStatus.valueOf(refusal.status()).reasonPhrase();
    Problem problem = new Problem(refusal.status(), title, refusal.detail(), refusal.errors());
    try {
      return new Reply(
          refusal.status(), "application/problem+json", JSON.writeValueAsBytes(problem));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("Numbers and texts are always JSON", impossible);
    }
  }
}
