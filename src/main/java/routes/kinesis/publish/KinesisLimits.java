package routes.kinesis.publish;

/**
 * What Kinesis Data Streams takes at most.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">API
 *     reference of PutRecords</a>
 */
final class KinesisLimits {

  /** Records in one {@code PutRecords} request. */
  static final int REQUEST_RECORDS = 500;

  /** Data and partition keys of one {@code PutRecords} request. */
  static final int REQUEST_BYTES = 10 * 1024 * 1024;

  /** Data and partition key of one record, unless the stream's owner raised it. */
  static final int RECORD_BYTES = 1024 * 1024;

  /** Characters of a partition key. */
  static final int KEY_CHARACTERS = 256;

  private KinesisLimits() {}
}
