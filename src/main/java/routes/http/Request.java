package routes.http;

/**
 * A request that a route has taken.
 *
 * @param body as it was before it was encoded
 */
public record Request(RequestHead head, DecodedBody body) {}
