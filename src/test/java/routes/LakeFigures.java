package routes;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import routes.signal.Signal;

/**
 * Figures of minutes and hours as DuckDB computes them from the objects of a lake, and as they
 * stand in the database of the speed layer, in one form: by time, service and series how many
 * records, bytes, errors and values there are, and which value is the smallest, largest and latest.
 */
public final class LakeFigures {

  private static final String OBJECTS = "service=*/year=*/month=*/day=*/hour=*/*";

  private LakeFigures() {}

  /**
   * What they should be.
   *
   * @param bucket the folder of the signal's objects
   */
  public static Map<String, String> ofLake(Path bucket, Signal signal, boolean parquet)
      throws SQLException {
    String glob = "%s/%s".formatted(bucket.toAbsolutePath(), OBJECTS);
    String lines =
        parquet
            ? "SELECT record AS line, service FROM read_parquet('%s', hive_partitioning=true, hive_types_autocast=false)"
            : "SELECT json AS line, service FROM read_json_objects('%s', format='newline_delimited', hive_partitioning=true, hive_types_autocast=false)";
    String records =
        "SELECT service, line, %s AS time, %s FROM (%s)"
            .formatted(time("timestamp"), measure(signal), lines.formatted(glob));
    String sql =
        """
        SELECT seconds, epoch_us(time) // 1000000 // seconds * seconds, service, series,
          count(*), sum(strlen(line) + 1), count(*) FILTER (error), count(value),
          min(value), max(value), arg_max(value, {'time': time, 'value': value})
        FROM (%s), (VALUES (60), (3600)) AS times (seconds) GROUP BY ALL"""
            .formatted(records);
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      return rows(duckDb, sql);
    }
  }

  /** What they are. */
  public static Map<String, String> ofDatabase(Connection database, Signal signal)
      throws SQLException {
    return rows(
        database,
        """
        SELECT seconds, CAST(extract(epoch FROM start) AS bigint), service, series,
          records, bytes, errors, measured, smallest, largest, latest
        FROM speed.figures WHERE signal = '%s'"""
            .formatted(signal.word()));
  }

  private static String measure(Signal signal) {
    return switch (signal) {
      case LOGS ->
          """
          coalesce(upper(line->>'$.level'), 'NONE') AS series,
          coalesce(upper(line->>'$.level') IN ('ERROR', 'FATAL'), false) AS error,
          (line->>'$.duration_ms')::DOUBLE AS value""";
      case METRICS ->
          """
          (line->>'$.name') || coalesce((line->'$.attributes')::VARCHAR, '') AS series,
          false AS error, (line->>'$.value')::DOUBLE AS value""";
      case TRACES ->
          """
          coalesce(line->>'$.kind', 'NONE') AS series,
          coalesce(line->>'$.status_code' = 'ERROR', false) AS error,
          coalesce((line->>'$.duration_nanos')::DOUBLE * 1e-6,
            (epoch_us(%s) - epoch_us(%s)) * 1e-3) AS value"""
              .formatted(time("end_timestamp"), time("timestamp"));
    };
  }

  /** A time may be without seconds, which DuckDB does not know. */
  private static String time(String field) {
    return "regexp_replace(line->>'$.%s', 'T(..:..)([Z+-])', 'T\\1:00\\2')::TIMESTAMPTZ"
        .formatted(field);
  }

  private static Map<String, String> rows(Connection connection, String sql) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        String key =
            "%s %s %s %s"
                .formatted(row.getInt(1), row.getLong(2), row.getString(3), row.getString(4));
        StringBuilder figures = new StringBuilder();
        for (int column = 5; column <= 8; column++) {
          figures.append(row.getLong(column)).append(' ');
        }
        for (int column = 9; column <= 11; column++) {
          figures.append(row.getObject(column, Double.class)).append(' ');
        }
        rows.put(key, figures.toString());
      }
    }
    return rows;
  }
}
