package routes.intake;

/**
 * Why a request failed, as {@code application/problem+json} (RFC 9457).
 *
 * @param title the same for every problem of this status
 * @param detail a sentence about this one
 */
public record Problem(int status, String title, String detail) {}
