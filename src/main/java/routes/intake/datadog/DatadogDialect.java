package routes.intake.datadog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import routes.intake.Dialect;
import routes.intake.HttpProblem;
import routes.intake.Reply;

/** Tells Datadog's clients why not, as its API lists errors. */
public final class DatadogDialect implements Dialect {

  @Override
  public Reply reply(HttpProblem problem, @Nullable String type) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putArray("errors")
        .addObject()
        .put("status", Integer.toString(problem.status()))
        .put("title", HttpResponseStatus.valueOf(problem.status()).reasonPhrase())
        .put("detail", problem.detail());
    return Reply.json(problem.status(), answer.toString());
  }
}
