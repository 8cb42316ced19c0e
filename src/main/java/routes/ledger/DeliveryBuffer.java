package routes.ledger;

/**
 * The memory that all records on their way from their shard to the lake may hold together, in
 * bytes. Readers wait while it is full; what was read is always taken, so it may be exceeded by one
 * read per shard. Thread-safe.
 */
public final class DeliveryBuffer {

  private static final long RELIEF_AGAIN_MILLIS = 100;

  private final long limit;
  private volatile Runnable relief = () -> {};
  private long used;

  public DeliveryBuffer(long limit) {
    this.limit = limit;
  }

  /** What a reader that finds the buffer full runs before it waits. */
  public void whenFull(Runnable makeRoom) {
    relief = makeRoom;
  }

  public synchronized void take(long bytes) {
    used += bytes;
  }

  public synchronized void release(long bytes) {
    used -= bytes;
    notifyAll();
  }

  /** Waits until there is room. */
  public void awaitRoom() throws InterruptedException {
    while (isFull()) {
      relief.run();
      synchronized (this) {
        if (used >= limit) {
          wait(RELIEF_AGAIN_MILLIS);
        }
      }
    }
  }

  public synchronized boolean isFull() {
    return used >= limit;
  }

  public synchronized long used() {
    return used;
  }

  public long limit() {
    return limit;
  }
}
