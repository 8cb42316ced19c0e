package routes.intake.hec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;
import routes.intake.Dialect;
import routes.intake.HttpProblem;
import routes.intake.RecordError;
import routes.intake.Reply;

/**
 * Tells HEC's clients why not, with Splunk's codes. Being busy is always 503 there, which its
 * clients send again.
 */
public final class HecDialect implements Dialect {

  @Override
  public Reply reply(HttpProblem problem, @Nullable String type) {
    return switch (problem.status()) {
      case 400 -> invalid(problem);
      case 401 -> HecCode.NO_TOKEN.reply();
      case 403 -> HecCode.WRONG_TOKEN.reply();
      case 429, 503 -> HecCode.BUSY.reply();
      // Splunk has no code of its own for these and repeats the status.
      default ->
          Reply.json(
              problem.status(),
              JsonNodeFactory.instance
                  .objectNode()
                  .put("text", problem.detail())
                  .put("code", problem.status())
                  .toString());
    };
  }

  private static Reply invalid(HttpProblem problem) {
    if (problem.errors().isEmpty()) {
      return HecCode.BAD_FORMAT.reply();
    }
    RecordError first = problem.errors().get(0);
    HecCode code = HecCode.of(first.reason());
    return code == HecCode.NO_DATA ? code.reply() : code.reply(first.index());
  }
}
