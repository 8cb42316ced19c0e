package routes.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Why a request failed, as {@code application/problem+json} (RFC 9457).
 *
 * @param title the name of the status
 * @param detail a sentence about this one
 * @param errors the first of the rejected records, where those are the reason
 */
public record Problem(
    int status,
    String title,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RecordError> errors) {}
