package routes.sql;

import java.nio.file.Path;
import java.util.List;

/**
 * What a query found.
 *
 * @param file has the rows
 * @param rows how many
 */
public record SqlResult(Path file, List<Column> columns, long rows) {

  /**
   * A column of a result.
   *
   * @param type as DuckDB calls it
   */
  public record Column(String name, String type) {}
}
