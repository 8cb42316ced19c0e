package routes.record;

/**
 * Why a record is not acceptable.
 *
 * @param reason the stable reason, for programs
 * @param message a sentence for people: the value, shortened, and what is allowed
 */
public record Rejection(Reason reason, String message) implements ParseResult {}
