package routes.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a child says when it is done, as JSON.
 *
 * @param error why there is no result; null when there is one
 */
record SqlAnswer(@Nullable String error, List<SqlResult.Column> columns, long rows) {

  static SqlAnswer failed(String error) {
    return new SqlAnswer(error, List.of(), 0);
  }
}
