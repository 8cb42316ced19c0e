package routes.deadletter;

/**
 * Deletes or releases a message that was received.
 *
 * @param handle good for as long as the message is hidden, and until it is received again
 */
record Receipt(String messageId, String handle) {}
