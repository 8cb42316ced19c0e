package routes.intake.hec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import routes.intake.Dialect;
import routes.intake.RecordError;
import routes.intake.Refusal;
import routes.intake.Reply;

/**
 * Tells HEC's clients why not, with Splunk's codes. Being busy is always 503 there, which its
 * clients send again.
 */
public final class HecDialect implements Dialect {

  @Override
  public Reply word(Refusal refusal) {
    return switch (refusal.status()) {
      case 400 -> invalid(refusal);
      case 401 -> HecCode.NO_TOKEN.reply();
      case 403 -> HecCode.WRONG_TOKEN.reply();
      case 429, 503 -> HecCode.BUSY.reply();
      // Splunk has no code of its own for these and repeats the status.
      default ->
          Reply.json(
              refusal.status(),
              JsonNodeFactory.instance
                  .objectNode()
                  .put("text", refusal.detail())
                  .put("code", refusal.status())
                  .toString());
    };
  }

  private static Reply invalid(Refusal refusal) {
    if (refusal.errors().isEmpty()) {
      return HecCode.BAD_FORMAT.reply();
    }
    RecordError first = refusal.errors().get(0);
    HecCode code = HecCode.of(first.reason());
    return code == HecCode.NO_DATA ? code.reply() : code.reply(first.index());
  }
}
