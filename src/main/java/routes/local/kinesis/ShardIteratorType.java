package routes.local.kinesis;

/** Where a shard iterator begins. */
enum ShardIteratorType {
  AFTER_SEQUENCE_NUMBER,
  LATEST,
  AT_TIMESTAMP,
  AT_SEQUENCE_NUMBER,
  TRIM_HORIZON
}
