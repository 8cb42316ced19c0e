package routes.deadletter;

/**
 * How much lies on the queue, copies included and roughly, as SQS puts it.
 *
 * @param visible messages that can be received
 * @param hidden messages that somebody has received and neither deleted nor given back
 */
public record QueueDepth(long visible, long hidden) {}
