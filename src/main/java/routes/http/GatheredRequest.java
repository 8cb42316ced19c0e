package routes.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;

/**
 * A request that may be resumed after its end, as Camel does when the body is here before its
 * route: with HTTP/1.1 that changes nothing, with HTTP/2 it fails.
 */
final class GatheredRequest extends HttpServerRequestWrapper {

  GatheredRequest(HttpServerRequest request) {
    super((HttpServerRequestInternal) request);
  }

  @Override
  public HttpServerRequest resume() {
    return isEnded() ? this : super.resume();
  }
}
