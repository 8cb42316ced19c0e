package routes.local.kinesis;

/**
 * The answer to one call, to be sent over HTTP as it is.
 *
 * @param status the HTTP status: 200, 400 for a mistake of the caller, 500 or 503 otherwise
 * @param contentType the content type the request came in
 * @param body encoded in that content type; empty for operations that answer nothing
 */
@SuppressWarnings("ArrayRecordComponent")
public record Reply(int status, String contentType, byte[] body) {}
