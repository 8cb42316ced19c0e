package routes.dashboard.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A field, or with dots one of an object within; names may hold dots themselves. */
record FieldPath(String name) {

  /** Its values as text: those of a list one by one, none where it is missing or null. */
  Stream<String> in(JsonNode fields) {
    JsonNode own = fields.path(name);
    if (!own.isMissingNode()) {
      return values(own);
    }
    return IntStream.range(1, name.length())
        .filter(i -> name.charAt(i) == '.' && fields.has(name.substring(0, i)))
        .boxed()
        .flatMap(
            dot -> new FieldPath(name.substring(dot + 1)).in(fields.path(name.substring(0, dot))));
  }

  private static Stream<String> values(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false).flatMap(FieldPath::values);
    }
    return value.isNull()
        ? Stream.empty()
        : Stream.of(value.isValueNode() ? value.asText() : value.toString());
  }
}
