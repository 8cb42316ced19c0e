package routes.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Tells clients in plain text why not, as those of Prometheus and Zipkin expect it. */
public final class TextDialect implements Dialect {

  @Override
  public Reply word(Refusal refusal) {
    return new Reply(
        refusal.status(), "text/plain; charset=utf-8", (refusal.detail() + "\n").getBytes(UTF_8));
  }
}
