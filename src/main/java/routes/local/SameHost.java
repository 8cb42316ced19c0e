package routes.local;

import io.vertx.core.Future;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;

/** Hands on the host the client called, which ElasticMQ puts into the URLs of its queues. */
final class SameHost implements ProxyInterceptor {

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    context.request().setAuthority(context.request().proxiedRequest().authority());
    return context.sendRequest();
  }
}
