package routes.record;

/**
 * An element of a body that is no acceptable record.
 *
 * @param index its place among the elements, from 0
 * @param rejection why it was rejected
 * @param bytes what came, to be kept; empty when the fault is that something is missing
 */
public record RejectedRecord(int index, Rejection rejection, ByteSlice bytes) {}
