package routes.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import routes.http.Reply;

/**
 * Whether records are taken at present.
 *
 * @param reason a sentence
 */
public record IntakeHealth(boolean accepting, String reason) {

  /** The same as JSON, with 503 while none are taken. */
  public Reply reply() {
    return Reply.json(
        accepting ? 200 : 503,
        JsonNodeFactory.instance
            .objectNode()
            .put("accepting", accepting)
            .put("reason", reason)
            .toString());
  }
}
