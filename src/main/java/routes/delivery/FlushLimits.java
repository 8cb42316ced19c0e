package routes.delivery;

/**
 * What closes a batch.
 *
 * @param bytes before compression
 * @param records copies included
 * @param millis since its first record
 */
public record FlushLimits(long bytes, long records, long millis) {}
