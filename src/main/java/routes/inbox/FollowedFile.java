package routes.inbox;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import routes.retry.Backoff;

/**
 * A file that is watched, whatever it is called. Once open it stays so, so that what was written to
 * it can be read even when it is moved away or deleted. For one thread. Times are nanoseconds of
 * one {@link System#nanoTime()}.
 */
final class FollowedFile implements Closeable {

  private static final Backoff BACKOFF =
      Backoff.withoutJitter(Duration.ofSeconds(1), Duration.ofSeconds(60));

  private FileState state;
  private long unchangedSince;
  private int looksMissed;
  private boolean recognised;
  private boolean readToEnd;
  private boolean finished;
  private @Nullable OpenFile open;
  private @Nullable String trouble;
  private int failures;
  private long pausedUntil;

  FollowedFile(FileState state, long now) {
    this.state = state;
    this.unchangedSince = now;
    this.pausedUntil = now;
  }

  FileState state() {
    return state;
  }

  /** Takes note of what its folder shows. */
  void seen(FileState now, long at) throws IOException {
    looksMissed = 0;
    if (now.differsFrom(state) && open != null && !open.growing()) {
      close(); // by now it may be of another form
    }
    note(now, at);
  }

  /**
   * Takes note that no folder shows it. One look may miss a file that is being renamed.
   *
   * @return whether it is to be kept: it may be back at the next look, or is to be read on
   */
  boolean seenNowhere(long at) throws IOException {
    looksMissed++;
    if (open == null || finished) {
      return !isGone();
    }
    note(state.withSize(open.size()), at);
    return true;
  }

  /** Whether no folder shows it any more. */
  boolean isGone() {
    return looksMissed > 1;
  }

  /** Whether it has been unchanged for so long. */
  boolean isQuiet(long nanos, long now) {
    return now - unchangedSince >= nanos;
  }

  /** Whether it is as it was seen last; no while the next look must tell whether it is gone. */
  boolean isAsSeen() throws IOException {
    return switch (looksMissed) {
      case 0 -> !FileState.of(state.path()).differsFrom(state);
      case 1 -> false;
      default -> open().size() == state.size();
    };
  }

  /** Whether there is something to do for it, given when it counts as complete. */
  boolean isDue(long quietNanos, long now) {
    return now - pausedUntil >= 0 && (!readToEnd || (!finished && isQuiet(quietNanos, now)));
  }

  OpenFile open() throws IOException {
    if (open == null) {
      open = OpenFile.of(state);
    }
    return open;
  }

  boolean isOpen() {
    return open != null;
  }

  /** Whether what it holds is known since it last changed to go on from its offset. */
  boolean isRecognised() {
    return recognised;
  }

  void recognise() {
    recognised = true;
  }

  /** There is nothing more to read until it changes, or counts as complete. */
  void rest() {
    readToEnd = true;
    recovered();
  }

  /** There is nothing more to do until it changes. */
  void finish() {
    finished = true;
    rest();
  }

  boolean isFinished() {
    return finished;
  }

  /** What keeps it from being read, or null while nothing does. */
  @Nullable String trouble() {
    return trouble;
  }

  void recovered() {
    trouble = null;
    failures = 0;
  }

  /** It cannot be read now and is left alone for a while, longer each time. */
  void failed(String reason, long now) {
    trouble = reason;
    failures++;
    pausedUntil = now + BACKOFF.nanosAfter(failures);
  }

  /** It cannot be read on unless it changes. */
  void damaged(String reason) {
    finish();
    trouble = reason;
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  private void note(FileState now, long at) {
    if (now.differsFrom(state)) {
      unchangedSince = at;
      recognised = false;
      readToEnd = false;
      finished = false;
      pausedUntil = at;
    }
    state = now;
  }
}
