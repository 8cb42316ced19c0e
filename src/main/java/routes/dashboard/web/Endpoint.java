package routes.dashboard.web;

import routes.http.HttpProblem;

/** Answers one kind of request. Called by several threads at once, which it may block. */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers one request.
   *
   * @return what is sent as JSON with status 200, an {@link Answer} with another status, or a
   *     {@link Content} that is sent as it is
   * @throws HttpProblem what the client is told instead
   */
  Object answer(Request request) throws Exception;
}
