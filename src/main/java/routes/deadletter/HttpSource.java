package routes.deadletter;

/**
 * A record of an HTTP request.
 *
 * @param remote the sender's address
 * @param path of the request, without the query
 * @param request tells it from every other request
 * @param index of the record among those of the request, from 0
 */
public record HttpSource(String remote, String path, String request, int index) implements Source {}
