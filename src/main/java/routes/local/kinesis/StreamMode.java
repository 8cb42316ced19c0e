package routes.local.kinesis;

/** How AWS bills a stream; here only its first number of shards depends on it. */
enum StreamMode {
  PROVISIONED,
  ON_DEMAND
}
