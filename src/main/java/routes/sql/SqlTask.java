package routes.sql;

import java.util.List;

/**
 * What a child is told to do, as JSON.
 *
 * @param folder where all lies that it may read, and where it writes the result
 * @param views statements that create what the query reads
 * @param sql one {@code SELECT}
 * @param format of the result, as DuckDB calls it
 * @param output the file of the result
 * @param limit how many rows the result has at most
 */
record SqlTask(
    String folder, List<String> views, String sql, String format, String output, long limit) {

  /** A text as SQL has it. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
