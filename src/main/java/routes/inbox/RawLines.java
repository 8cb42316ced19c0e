package routes.inbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import routes.json.ByteSearch;
import routes.json.ByteSlice;

/**
 * Cuts content into lines, ending in a line feed. Holds as many bytes at a time as it is told,
 * however long the file or a line of it. NUL bytes where a line should begin are no part of it, and
 * they end a line that is too long to be held; neither JSON nor other text has any. For one thread
 * at a time.
 */
final class RawLines {

  private static final int SEARCHED_AT_ONCE = 1 << 20;

  private final Content content;
  private final int maxBytes;
  private final int maxLines;
  private long start = -1;
  private long searched;
  private long firstNul;

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
   * its end yet. NUL bytes at the end of content are left: a writer may still fill them in.
   *
   * @param complete whether the content grows no more, so that it may end without a line feed
   */
  List<RawLine> read(long offset, boolean complete) throws IOException {
    byte[] bytes = content.read(offset, maxBytes);
    List<RawLine> lines = new ArrayList<>();
    int from = 0;
    while (from < bytes.length && lines.size() < maxLines) {
      if (bytes[from] == 0) {
        int end = endOfNuls(bytes, from);
        if (end == bytes.length) {
          break;
        }
        lines.add(RawLine.hole(offset + from, offset + end));
        from = end;
      }
      int end = ByteSearch.find('\n', bytes, from, bytes.length);
      if (end == bytes.length) {
        break;
      }
      ByteSlice line = new ByteSlice(bytes, from, end - from);
      lines.add(new RawLine(offset + from, line.length(), offset + end + 1, line));
      from = end + 1;
    }
    if (!lines.isEmpty() || bytes.length == 0) {
      return lines;
    }
    if (bytes[0] == 0) {
      return hole(offset, complete);
    }
    if (bytes.length == maxBytes) {
      return tooLong(offset, complete);
    }
    return complete && endsAt(offset + bytes.length) ? List.of(lastLine(offset, bytes)) : List.of();
  }

  /** How many NUL bytes follow where nothing is read any more though the content is complete. */
  long nulsAtEnd(long offset) throws IOException {
    long end = offset;
    int read;
    do {
      read = content.read(end, SEARCHED_AT_ONCE).length;
      end += read;
    } while (read > 0);
    return end - offset;
  }

  /** Looks for the end of NUL bytes, anew once the content is complete: they may be filled in. */
  private List<RawLine> hole(long offset, boolean complete) throws IOException {
    search(offset, complete);
    while (true) {
      byte[] bytes = content.read(searched, SEARCHED_AT_ONCE);
      int end = endOfNuls(bytes, 0);
      if (end < bytes.length) {
        return List.of(RawLine.hole(offset, searched + end));
      }
      searched += bytes.length;
      if (bytes.length < SEARCHED_AT_ONCE) {
        return List.of();
      }
    }
  }

  /** Looks for the end of a line from where it was looked for before. */
  private List<RawLine> tooLong(long offset, boolean complete) throws IOException {
    search(offset, complete);
    while (true) {
      byte[] bytes = content.read(searched, SEARCHED_AT_ONCE);
      int end = ByteSearch.find('\n', bytes, 0, bytes.length);
      int nul = firstNul < 0 ? ByteSearch.find('\0', bytes, 0, end) : end;
      if (nul < end) {
        firstNul = searched + nul;
      }
      if (end < bytes.length) {
        return List.of(longLine(offset, searched + end, searched + end + 1));
      }
      searched += bytes.length;
      if (bytes.length < SEARCHED_AT_ONCE) {
        return complete && endsAt(searched)
            ? List.of(longLine(offset, searched, searched))
            : List.of();
      }
    }
  }

  private void search(long offset, boolean complete) throws IOException {
    if (complete || offset != start || searched > content.size()) {
      start = offset;
      searched = offset;
      firstNul = -1;
    }
  }

  private RawLine longLine(long offset, long end, long next) throws IOException {
    if (firstNul < 0) {
      return new RawLine(offset, end - offset, next, null);
    }
    long length = firstNul - offset;
    ByteSlice held =
        length > maxBytes ? null : ByteSlice.of(content.read(offset, Math.toIntExact(length)));
    return new RawLine(offset, length, firstNul, held);
  }

  private static RawLine lastLine(long offset, byte[] bytes) {
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    return new RawLine(offset, end, offset + end, new ByteSlice(bytes, 0, end));
  }

  private static int endOfNuls(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] == 0) {
      end++;
    }
    return end;
  }

  /** Damaged content does not end where nothing more can be read, and says so. */
  private boolean endsAt(long offset) throws IOException {
    return content.read(offset, 1).length == 0;
  }
}
