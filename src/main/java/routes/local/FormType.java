package routes.local;

import io.vertx.core.Future;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The content type of forms, which is what curl calls whatever it sends. S3Proxy's server reads the
 * body of a form for its fields and would store nothing, so the type is changed on the way there
 * and changed back where an object gets it.
 */
final class FormType implements ProxyInterceptor {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CHANGED = FORM + "-object";

  static boolean is(@Nullable String contentType) {
    return begins(contentType, FORM) && !begins(contentType, CHANGED);
  }

  /** The type that a client gave an object. */
  static @Nullable String restored(@Nullable String contentType) {
    return contentType != null && begins(contentType, CHANGED)
        ? FORM + contentType.substring(CHANGED.length())
        : contentType;
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    String contentType = context.request().headers().get("Content-Type");
    if (contentType != null && is(contentType)) {
      context
          .request()
          .headers()
          .set("Content-Type", CHANGED + contentType.substring(FORM.length()));
    }
    return context.sendRequest();
  }

  private static boolean begins(@Nullable String contentType, String with) {
    return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(with);
  }
}
