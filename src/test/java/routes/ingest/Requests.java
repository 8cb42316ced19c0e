package routes.ingest;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.http.BodyMemory;
import routes.http.DecodedBody;
import routes.http.RequestHead;

/** Requests as the beans that read bodies get them. */
public final class Requests {

  private Requests() {}

  /** A body with all the memory it wants. */
  public static DecodedBody body(byte[] bytes) {
    return body(bytes, Long.MAX_VALUE / 2);
  }

  /** A body that is alone with so much memory. */
  public static DecodedBody body(byte[] bytes, long memory) {
    return new DecodedBody(bytes, new BodyMemory(memory).share());
  }

  /**
   * A head.
   *
   * @param service in {@code X-Service}
   */
  public static RequestHead head(
      String path, @Nullable String type, @Nullable String query, @Nullable String service) {
    Map<String, Object> headers = new HashMap<>();
    headers.put("CamelHttpPath", path);
    headers.put("Content-Type", type);
    headers.put("CamelHttpQuery", query);
    headers.put("X-Service", service);
    return RequestHead.of(headers);
  }
}
