package routes.local.kinesis;

import java.io.IOException;
import java.nio.file.Path;

/** Bytes in a segment file are not the record that was written there. */
final class CorruptRecordException extends IOException {

  private static final long serialVersionUID = 1L;

  CorruptRecordException(Path file, long offset, String what) {
    super("%s is damaged at byte %s: %s".formatted(file, offset, what));
  }
}
