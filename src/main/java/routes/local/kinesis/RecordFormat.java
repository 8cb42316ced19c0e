package routes.local.kinesis;

/**
 * How a record lies in a segment file, all numbers big-endian:
 *
 * <pre>
 * int   length of the body
 * int   CRC-32C of the body
 * body: long  counter, the variable part of the sequence number
 *       long  arrival, epoch milliseconds
 *       short length of the partition key in UTF-8
 *       bytes partition key
 *       bytes data
 * </pre>
 *
 * A file begins with eight bytes that name the format.
 */
final class RecordFormat {

  static final long MAGIC = 0x4b494e4553495331L; // "KINESIS1"
  static final int FILE_HEADER_BYTES = Long.BYTES;
  static final int HEADER_BYTES = 2 * Integer.BYTES;
  static final int BODY_FIXED_BYTES = 2 * Long.BYTES + Short.BYTES;

  /** More than any record AWS allows: 10 MiB of data and 256 characters of partition key. */
  static final int MAX_BODY_BYTES = 11 << 20;

  private RecordFormat() {}
}
