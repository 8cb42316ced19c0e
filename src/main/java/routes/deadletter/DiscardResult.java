package routes.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What became of dead letters that were to be discarded.
 *
 * @param discarded letters that are gone
 * @param notRemoved messages that SQS did not delete; they come back
 * @param scanned messages looked at
 * @param complete whether nothing was left to look at; else there may be more to discard
 * @param stopped why it ended early, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DiscardResult(
    int discarded,
    @JsonProperty("not_removed") int notRemoved,
    int scanned,
    boolean complete,
    @Nullable String stopped) {}
