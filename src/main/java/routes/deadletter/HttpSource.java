package routes.deadletter;

/**
 * A record of an HTTP request.
 *
 * @param remote the sender's address
 * @param path of the request, without the query
 */
public record HttpSource(String remote, String path) implements Source {}
