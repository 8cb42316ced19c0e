package routes.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused, before the words of its protocol are put to it.
 *
 * @param status of HTTP, 400 to 599
 * @param detail a sentence for the client
 * @param errors the first of the rejected records where those are the reason, else empty
 * @param requestType the request's {@code Content-Type}; null = it had none
 */
public record Refusal(
    int status, String detail, List<RecordError> errors, @Nullable String requestType) {}
