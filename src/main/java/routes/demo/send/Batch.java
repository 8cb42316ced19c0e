package routes.demo.send;

/**
 * The body of a request.
 *
 * @param records logs, spans or data points
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares batches, or changes one.
public record Batch(Signal signal, byte[] body, int records) {}
