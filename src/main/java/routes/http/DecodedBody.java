package routes.http;

/**
 * A request's body as it was before it was encoded.
 *
 * @param bytes not to be changed
 * @param memory takes what the body becomes while its request is worked on
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record DecodedBody(byte[] bytes, BodyMemory.Share memory) {}
