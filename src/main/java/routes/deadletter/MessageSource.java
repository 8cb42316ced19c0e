package routes.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A message that lay on the dead-letter queue and is none of ours.
 *
 * @param messageId as SQS gave it
 */
public record MessageSource(@JsonProperty("message_id") String messageId) implements Source {}
