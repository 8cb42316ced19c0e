package routes.faults;

/** What a round of a storm is about, beside the faults by chance and the kill that ends it. */
enum Trouble {
  NONE,
  S3_AWAY,
  SQS_AWAY,
  KINESIS_AWAY,
  SPLIT,
  MERGE,
  /** The worker is paused, another takes over, the first comes back and knows nothing. */
  ZOMBIE,
  /** A clean stop and a start, with groups open. */
  RESTART
}
