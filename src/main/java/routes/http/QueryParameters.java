package routes.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters in the query of a request's URL; of several of one name the first counts. */
public final class QueryParameters {

  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads a query as it stands in the URL.
   *
   * @param query null = none
   * @throws MalformedBodyException when it is not encoded as a URL must be
   */
  public static QueryParameters of(@Nullable String query) {
    if (query == null) {
      return new QueryParameters(Map.of());
    }
    try {
      return new QueryParameters(new QueryStringDecoder(query, false).parameters());
    } catch (IllegalArgumentException malformed) {
      throw new MalformedBodyException("The query is malformed: " + malformed.getMessage());
    }
  }

  /** The first value of a parameter that is not empty. */
  public Optional<String> first(String name) {
    return values.getOrDefault(name, List.of()).stream().filter(v -> !v.isEmpty()).findFirst();
  }
}
