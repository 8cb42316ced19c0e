package routes.http;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not answered with success: the status, a sentence for the client, and when to
 * send it again where that may help. The words of its protocol are put to it by {@link Problems}.
 */
public class HttpProblem extends RuntimeException {

  /** Memory is free again as soon as others are answered. */
  private static final int SECONDS_UNTIL_ROOM = 1;

  /** What is away or starts takes longer to come back. */
  private static final int SECONDS_UNTIL_SERVICE = 5;

  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * A problem with a status, from which follows whether and when to come back.
   *
   * @param status of HTTP, 400 to 599
   * @param detail a sentence for the client
   */
  public HttpProblem(int status, String detail) {
    this(status, detail, null);
  }

  /**
   * A problem with what led to it.
   *
   * @param status of HTTP, 400 to 599
   * @param detail a sentence for the client
   */
  protected HttpProblem(int status, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.status = status;
  }

  /** The request does not say what it should, or not as it should. */
  public static HttpProblem badRequest(String detail) {
    return new HttpProblem(400, detail);
  }

  /** What the request names is not there. */
  public static HttpProblem missing(String detail) {
    return new HttpProblem(404, detail);
  }

  /** Nothing is at this path. */
  public static HttpProblem notFound(String path) {
    return new HttpProblem(404, "Nothing is at " + path);
  }

  /** The body, as it came or once it is decoded and taken apart, is more than one may be. */
  public static HttpProblem tooLarge(String detail) {
    return new HttpProblem(413, detail);
  }

  /** The body is of a type, or encoded in a way, that is not understood. */
  public static HttpProblem unsupported(String detail) {
    return new HttpProblem(415, detail);
  }

  /** There is no memory for the request beside others; there may be a moment later. */
  public static HttpProblem busy(String detail) {
    return new HttpProblem(429, detail);
  }

  /** Records are not taken at present. */
  public static HttpProblem unavailable(String detail) {
    return new HttpProblem(503, detail);
  }

  /** The status of HTTP, 400 to 599. */
  public final int status() {
    return status;
  }

  /** A sentence for the client. */
  public final String detail() {
    return String.valueOf(getMessage());
  }

  /** The first of the rejected records where those are the reason, else empty. */
  public List<RecordError> errors() {
    return List.of();
  }

  /** After how many seconds to send the request again; empty = that would not help. */
  final OptionalInt retryAfter() {
    return switch (status) {
      case 429 -> OptionalInt.of(SECONDS_UNTIL_ROOM);
      case 503 -> OptionalInt.of(SECONDS_UNTIL_SERVICE);
      default -> OptionalInt.empty();
    };
  }

  /** Headers in which the answer tells more, such as after how many seconds to send it again. */
  public Map<String, String> headers() {
    OptionalInt seconds = retryAfter();
    return seconds.isPresent()
        ? Map.of("Retry-After", Integer.toString(seconds.getAsInt()))
        : Map.of();
  }
}
