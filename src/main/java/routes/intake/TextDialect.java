package routes.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Tells clients in plain text why not, as those of Prometheus and Zipkin expect it. */
public final class TextDialect implements Dialect {

  @Override
  public Reply reply(HttpProblem problem, @Nullable String type) {
    return new Reply(
        problem.status(), "text/plain; charset=utf-8", (problem.detail() + "\n").getBytes(UTF_8));
  }
}
