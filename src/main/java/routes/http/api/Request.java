package routes.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import routes.http.HttpProblem;

/** What a client asked for; every method refuses what it cannot take with a 400 that says why. */
public final class Request {

  private static final int MAX_TEXT = 2048;

  private final RoutingContext context;

  Request(RoutingContext context) {
    this.context = context;
  }

  /** The address it comes from. */
  public String remote() {
    return String.valueOf(context.request().remoteAddress().hostAddress());
  }

  /** Runs this once nobody waits for the answer any more, on any thread. */
  public void whenGone(Runnable action) {
    HttpServerResponse response = context.response();
    response.closeHandler(closed -> action.run());
    if (response.closed()) {
      action.run();
    }
  }

  /** The part of the path that the endpoint's path calls {@code :name}. */
  public String path(String name) {
    return Objects.requireNonNull(context.pathParam(name), name);
  }

  /**
   * The path after so many segments, where the endpoint's path ends with {@code /*}; slashes and
   * dots as they were sent.
   */
  public String pathAfter(int segments) {
    String[] parts = context.request().path().split("/", segments + 2);
    if (parts.length < segments + 2 || parts[segments + 1].isEmpty()) {
      throw HttpProblem.missing("Nothing is named at the end of the path");
    }
    try {
      // A plus is a plus here, unlike in a form.
      return URLDecoder.decode(parts[segments + 1].replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException broken) {
      throw HttpProblem.badRequest("The path is not percent-encoded as it should be");
    }
  }

  /** A parameter of the query; empty when absent or blank. */
  public Optional<String> text(String name) {
    List<String> values = context.queryParam(name);
    if (values.isEmpty() || values.get(0).isBlank()) {
      return Optional.empty();
    }
    if (values.get(0).length() > MAX_TEXT) {
      throw HttpProblem.badRequest("%s is longer than %s characters".formatted(name, MAX_TEXT));
    }
    return Optional.of(values.get(0));
  }

  /** A parameter of the query that must be there. */
  public String required(String name) {
    return text(name)
        .orElseThrow(() -> HttpProblem.badRequest("The parameter %s is missing".formatted(name)));
  }

  public int integer(String name, int otherwise, int min, int max) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get().strip());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw mustBe(name, text.get(), "a number from %s to %s".formatted(min, max));
  }

  /** Whether it is {@code true}; no other word is taken but {@code false}. */
  public boolean flag(String name) {
    String text = text(name).orElse("false").strip();
    if (!text.equals("true") && !text.equals("false")) {
      throw mustBe(name, text, "true or false");
    }
    return text.equals("true");
  }

  /** How many items a page has at most. */
  public int limit(int otherwise, int max) {
    return integer("limit", otherwise, 1, max);
  }

  /** What {@link Page#next()} was, if this asks for a further part of a list. */
  public Optional<String> page() {
    return text("page");
  }

  /** A point in time, as ISO-8601 with an offset. */
  public Optional<Instant> instant(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Instant.parse(text.strip());
              } catch (DateTimeParseException e) {
                throw mustBe(name, text, "a time such as 2026-08-22T13:00:00Z");
              }
            });
  }

  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return text(name)
        .map(
            text ->
                Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().equalsIgnoreCase(text.strip()))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            mustBe(
                                name,
                                text,
                                "one of "
                                    + Arrays.toString(type.getEnumConstants())
                                        .toLowerCase(Locale.ROOT))));
  }

  /** The body as this type, by the names of its components; what it does not know is ignored. */
  public <T> T body(Class<T> type) {
    Buffer body = context.body().buffer();
    if (body == null || body.length() == 0) {
      throw HttpProblem.badRequest("The body is empty; it should be JSON");
    }
    try {
      return Objects.requireNonNull(Json.MAPPER.readValue(body.getBytes(), type));
    } catch (JsonProcessingException broken) {
      throw HttpProblem.badRequest("The body cannot be read: " + broken.getOriginalMessage());
    } catch (IOException | NullPointerException broken) {
      throw HttpProblem.badRequest("The body cannot be read");
    }
  }

  private static HttpProblem mustBe(String name, String text, String allowed) {
    return HttpProblem.badRequest(
        "%s is \"%s\": must be %s"
            .formatted(name, text.length() <= 100 ? text : text.substring(0, 100) + "…", allowed));
  }
}
