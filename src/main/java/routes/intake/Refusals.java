package routes.intake;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.publish.PublishException;

/** Tells clients that their requests are refused, each in its own protocol. Thread-safe. */
public final class Refusals {

  private static final Dialect OTHERS = new ProblemDialect();

  private final Map<String, Dialect> dialects;

  /**
   * @param dialects by the path under which a protocol is spoken; problem+json under any other
   */
  public Refusals(Map<String, Dialect> dialects) {
    this.dialects = Map.copyOf(dialects);
  }

  /** Words the failure of a route. What was not foreseen is not told to the client. */
  public Reply reply(
      @Nullable String path, @Nullable String requestType, int status, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidRecordsException invalid) {
        return word(path, new Refusal(status, message(invalid), invalid.errors(), requestType))
            .with(invalid.headers());
      }
      if (cause instanceof RefusedRequestException || cause instanceof PublishException) {
        return word(path, new Refusal(status, message(cause), List.of(), requestType));
      }
    }
    String unforeseen = "Something failed here; send the request again later";
    return word(path, new Refusal(status, unforeseen, List.of(), requestType));
  }

  /**
   * Words what no route has seen.
   *
   * @param detail null = nothing more is known than the status
   */
  Reply unrouted(
      @Nullable String path, @Nullable String requestType, int status, @Nullable String detail) {
    String sentence = detail == null ? HttpResponseStatus.valueOf(status).reasonPhrase() : detail;
    return word(path, new Refusal(status, sentence, List.of(), requestType));
  }

  private Reply word(@Nullable String path, Refusal refusal) {
    return dialects.entrySet().stream()
        .filter(dialect -> path != null && isUnder(path, dialect.getKey()))
        .map(Map.Entry::getValue)
        .findAny()
        .orElse(OTHERS)
        .word(refusal);
  }

  private static boolean isUnder(String path, String root) {
    return path.startsWith(root)
        && (path.length() == root.length() || path.charAt(root.length()) == '/');
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
