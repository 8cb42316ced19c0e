package routes.record;

import java.util.List;

/**
 * Some consecutive lines of a file: every line that is not blank is in one of the lists.
 *
 * @param file the file
 * @param offset where the first line begins, in bytes from the start of the file
 * @param endOffset where the line after the last one begins
 * @param accepted the records, in order
 * @param rejected the lines that are none, in order
 */
public record LineBatch(
    FileSource file,
    long offset,
    long endOffset,
    List<LogRecord> accepted,
    List<RejectedLine> rejected) {

  public LineBatch {
    accepted = List.copyOf(accepted);
    rejected = List.copyOf(rejected);
  }
}
