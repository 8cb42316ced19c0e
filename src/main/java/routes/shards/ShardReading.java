package routes.shards;

/** A reader at work on a thread of its own. */
record ShardReading(SourceShard shard, ShardReader reader, Thread thread) {

  /**
   * Ends the reading.
   *
   * @return whether it has ended by then; what it is still busy with will be read again
   */
  boolean stop(long deadlineNanos) throws InterruptedException {
    thread.interrupt();
    thread.join(Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000));
    return !thread.isAlive();
  }
}
