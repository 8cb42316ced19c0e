package routes.spool;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;

/** A disk that can be full, in a process whose time a test sets. */
public final class FlakyDisk implements Disk {

  private boolean full;
  private long nanos;
  private long nanosPerWrite;

  /** A spool on it. */
  public Spool spool(Path folder, long limit) {
    Spool spool = new Spool(folder, limit, this, () -> nanos);
    spool.isUsable();
    return spool;
  }

  /** From now on it takes half of what is written, and fails; or all. */
  public void setFull(boolean isFull) {
    full = isFull;
  }

  /** How long it has for a write. */
  void setTimePerWrite(Duration time) {
    nanosPerWrite = time.toNanos();
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public OutputStream append(Path file, long at) throws IOException {
    return new FilterOutputStream(Disk.local(file, at)) {
      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        nanos += nanosPerWrite;
        if (full) {
          out.write(from, offset, length / 2);
          throw new IOException("No space left on device");
        }
        out.write(from, offset, length);
      }
    };
  }
}
