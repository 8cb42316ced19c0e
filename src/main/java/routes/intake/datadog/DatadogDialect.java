package routes.intake.datadog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import routes.intake.Dialect;
import routes.intake.Refusal;
import routes.intake.Reply;

/** Tells Datadog's clients why not, as its API lists errors. */
public final class DatadogDialect implements Dialect {

  @Override
  public Reply word(Refusal refusal) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putArray("errors")
        .addObject()
        .put("status", Integer.toString(refusal.status()))
        .put("title", HttpResponseStatus.valueOf(refusal.status()).reasonPhrase())
        .put("detail", refusal.detail());
    return Reply.json(refusal.status(), answer.toString());
  }
}
