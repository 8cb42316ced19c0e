package routes.dashboard.letters;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.deadletter.DeadLetterFilter;
import routes.deadletter.Patch;
import routes.http.HttpProblem;

/**
 * What a body says is to be done with which dead letters. All or some must be asked for in so many
 * words, and a name that is not known is refused: misspelt, it would mean more letters than it
 * should.
 */
record LetterCommand(DeadLetterFilter filter, Patch correction, int limit) {

  private static final int DEFAULT_LIMIT = 1_000;
  private static final int MAX_LIMIT = 100_000;
  private static final Set<String> CRITERIA = Set.of("id", "reason", "service", "from", "to");

  static LetterCommand replay(JsonNode body) {
    requireKnown(body, "all", "id", "reason", "service", "from", "to", "limit", "set");
    return new LetterCommand(filter(body), correction(body.path("set")), limit(body));
  }

  static LetterCommand discard(JsonNode body) {
    requireKnown(body, "all", "id", "reason", "service", "from", "to", "limit");
    return new LetterCommand(filter(body), Patch.NONE, limit(body));
  }

  private static DeadLetterFilter filter(JsonNode body) {
    boolean all = isAll(body.path("all"));
    boolean some = CRITERIA.stream().anyMatch(body::hasNonNull);
    if (all == some) {
      throw HttpProblem.badRequest(
          "Say which dead letters: {\"all\":true}, or some of id, reason, service, from and to");
    }
    return new DeadLetterFilter(
        texts(body, "id"),
        texts(body, "reason"),
        text(body, "service"),
        time(body, "from"),
        time(body, "to"));
  }

  private static boolean isAll(JsonNode all) {
    if (all.isMissingNode() || all.isBoolean()) {
      return all.asBoolean();
    }
    throw HttpProblem.badRequest("all is %s: must be true".formatted(all));
  }

  private static Patch correction(JsonNode set) {
    if (set.isMissingNode() || set.isNull()) {
      return Patch.NONE;
    }
    requireKnown(set, "service", "timestamp");
    return new Patch(text(set, "service"), time(set, "timestamp"));
  }

  private static int limit(JsonNode body) {
    JsonNode limit = body.path("limit");
    if (limit.isMissingNode() || limit.isNull()) {
      return DEFAULT_LIMIT;
    }
    if (!limit.canConvertToInt() || limit.asInt() < 1 || limit.asInt() > MAX_LIMIT) {
      throw HttpProblem.badRequest(
          "limit is %s: must be a number from 1 to %s".formatted(limit, MAX_LIMIT));
    }
    return limit.asInt();
  }

  private static void requireKnown(JsonNode object, String... names) {
    if (!object.isObject()) {
      throw HttpProblem.badRequest("Expected a JSON object of " + List.of(names));
    }
    List<String> unknown = new ArrayList<>();
    object.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(List.of(names));
    if (!unknown.isEmpty()) {
      throw HttpProblem.badRequest(
          "%s is not known here, only %s".formatted(unknown.get(0), List.of(names)));
    }
  }

  /** A text or an array of texts. */
  private static Set<String> texts(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.isArray()) {
      String text = text(object, name);
      return text == null ? Set.of() : Set.of(text);
    }
    Set<String> texts = new HashSet<>();
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw HttpProblem.badRequest(name + " has " + element + ": must be a text");
      }
      texts.add(element.textValue());
    }
    if (texts.isEmpty()) {
      throw HttpProblem.badRequest(name + " is empty: leave it out to mean any");
    }
    return texts;
  }

  private static @Nullable String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw HttpProblem.badRequest("%s is %s: must be a text".formatted(name, value));
    }
    return value.textValue();
  }

  private static @Nullable Instant time(JsonNode object, String name) {
    String text = text(object, name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw HttpProblem.badRequest(
          "%s is \"%s\": must be a time such as 2026-08-22T13:00:00Z".formatted(name, text));
    }
  }
}
