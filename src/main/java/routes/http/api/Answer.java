package routes.http.api;

/**
 * JSON with a status of its own.
 *
 * @param status of HTTP, 200 to 599
 */
public record Answer(int status, Object body) {}
