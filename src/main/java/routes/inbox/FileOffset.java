package routes.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;

/**
 * How far a file has been published.
 *
 * @param file where it was when last seen, relative to the inbox
 * @param key what tells it from other files that exist, whatever their names: device and inode
 * @param origin its key when it was first seen; a copy that takes its place keeps that
 * @param since when that was, in milliseconds since 1970: keys are reused within seconds
 * @param offset where the first line begins that is not known to be published, in bytes from the
 *     start, decompressed
 * @param lines how many lines are before that
 * @param beginning what it begins with
 * @param remainder how many bytes behind its content are known to be a dead letter
 */
record FileOffset(
    String file,
    String key,
    String origin,
    long since,
    long offset,
    long lines,
    Fingerprint beginning,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long remainder) {

  /** The start of a file that was never seen before. */
  static FileOffset start(String file, String key, long since) {
    return new FileOffset(file, key, key, since, 0, 0, Fingerprint.NONE, 0);
  }

  /** The place that is reached when lines up to an offset are published. */
  FileOffset reached(long end, long linesBefore, Content content) throws IOException {
    return new FileOffset(
        file, key, origin, since, end, linesBefore, beginning.grownTo(end, content), 0);
  }

  /** The same place, in a file that is now called this. */
  FileOffset in(String name, String itsKey) {
    return new FileOffset(name, itsKey, origin, since, offset, lines, beginning, remainder);
  }

  /** The same place, with what lies behind the content given up. */
  FileOffset behind(long bytes) {
    return new FileOffset(file, key, origin, since, offset, lines, beginning, bytes);
  }

  /** Whether content holds what has been published, and perhaps more. */
  boolean isIn(Content content) throws IOException {
    return content.size() >= offset && beginning.matches(content);
  }
}
