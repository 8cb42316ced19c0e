package routes.inbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import routes.record.ByteSearch;
import routes.record.ByteSlice;

/**
 * Cuts content into lines, ending in a line feed. Holds as many bytes at a time as it is told,
 * however long the file or a line of it. For one thread at a time.
 */
final class RawLines {

  private static final int SEARCHED_AT_ONCE = 1 << 20;

  private final Content content;
  private final int maxBytes;
  private final int maxLines;
  private long lineStart;
  private long searched;

  /**
   * @param maxBytes how many bytes of lines are held; of a longer line only its end is looked for
   */
  RawLines(Content content, int maxBytes, int maxLines) {
    this.content = content;
    this.maxBytes = maxBytes;
    this.maxLines = maxLines;
  }

  /**
   * The next lines from an offset on, where a line begins; none when the next line is not there to
   * its end yet.
   *
   * @param complete whether the content grows no more, so that it may end without a line feed
   */
  List<RawLine> read(long offset, boolean complete) throws IOException {
    byte[] bytes = content.read(offset, maxBytes);
    List<RawLine> lines = new ArrayList<>();
    int from = 0;
    int end = ByteSearch.find('\n', bytes, 0, bytes.length);
    while (end < bytes.length && lines.size() < maxLines) {
      ByteSlice line = new ByteSlice(bytes, from, end - from);
      lines.add(new RawLine(offset + from, line.length(), offset + end + 1, line));
      from = end + 1;
      end = ByteSearch.find('\n', bytes, from, bytes.length);
    }
    if (lines.isEmpty() && bytes.length == maxBytes) {
      return tooLong(offset, complete);
    }
    if (lines.isEmpty() && complete && bytes.length > 0 && endsAt(offset + bytes.length)) {
      lines.add(new RawLine(offset, bytes.length, offset + bytes.length, ByteSlice.of(bytes)));
    }
    return lines;
  }

  /** Looks for the end of a line from where it was looked for before. */
  private List<RawLine> tooLong(long offset, boolean complete) throws IOException {
    if (offset != lineStart || searched > content.size()) {
      lineStart = offset;
      searched = offset;
    }
    searched = Math.max(searched, offset + maxBytes);
    while (true) {
      byte[] bytes = content.read(searched, SEARCHED_AT_ONCE);
      int end = ByteSearch.find('\n', bytes, 0, bytes.length);
      if (end < bytes.length) {
        return List.of(new RawLine(offset, searched + end - offset, searched + end + 1, null));
      }
      searched += bytes.length;
      if (bytes.length < SEARCHED_AT_ONCE) {
        return complete && endsAt(searched)
            ? List.of(new RawLine(offset, searched - offset, searched, null))
            : List.of();
      }
    }
  }

  /** Damaged content does not end where nothing more can be read, and says so. */
  private boolean endsAt(long offset) throws IOException {
    return content.read(offset, 1).length == 0;
  }
}
