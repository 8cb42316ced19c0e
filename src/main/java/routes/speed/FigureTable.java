package routes.speed;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import routes.signal.Signal;

/**
 * The table of the figures, in what SQL PostgreSQL and H2 share. Nothing is committed here, and
 * sketches are merged here: two may not add figures of one signal at once.
 */
final class FigureTable {

  /** Rows that are in memory at once. */
  private static final int FETCHED = 1_000;

  private FigureTable() {}

  /** Adds figures to those that are there. */
  static void add(Connection connection, Signal signal, Map<Key, Figure> figures)
      throws SQLException {
    Map<Key, Figure> stored = stored(connection, signal, figures.keySet());
    Map<Key, Figure> fresh = new HashMap<>(figures);
    fresh.keySet().removeAll(stored.keySet());
    stored.forEach((key, figure) -> figure.addAll(Objects.requireNonNull(figures.get(key))));
    write(
        connection,
        """
        UPDATE speed.figures SET records = ?, bytes = ?, errors = ?, traces = ?, measured = ?,
          total = ?, smallest = ?, largest = ?, latest = ?, latest_at = ?, bins = ?, counts = ?
        WHERE seconds = ? AND start = ? AND service = ? AND series = ? AND signal = ?""",
        signal,
        stored);
    write(
        connection,
        """
        INSERT INTO speed.figures (records, bytes, errors, traces, measured,
          total, smallest, largest, latest, latest_at, bins, counts,
          seconds, start, service, series, signal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        signal,
        fresh);
  }

  /**
   * Keeps figures from a time on, and gets ready for those that begin before another.
   *
   * @param seconds how long the time of those is that count
   */
  static void keep(Connection connection, int seconds, Instant since, Instant until)
      throws SQLException {
    if (Schema.isPostgres(connection)) {
      try (PreparedStatement keep = connection.prepareStatement("SELECT speed.keep(?, ?, ?)")) {
        keep.setInt(1, seconds);
        keep.setObject(2, utc(since));
        keep.setObject(3, utc(until));
        keep.execute();
      }
    } else {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM speed.figures WHERE seconds = ? AND start < ?")) {
        delete.setInt(1, seconds);
        delete.setObject(2, utc(since));
        delete.executeUpdate();
      }
    }
  }

  /** The names of the parts with most records: services, or series of the one that is asked for. */
  static List<String> largest(Connection connection, FigureQuery query, int count)
      throws SQLException {
    List<String> names = new ArrayList<>();
    String sql =
        "SELECT %1$s FROM speed.figures WHERE %2$s GROUP BY %1$s ORDER BY sum(records) DESC, %1$s LIMIT %3$s"
            .formatted(query.part(), condition(query), count);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      fill(select, query);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
    }
    return names;
  }

  /** Reads figures in the order of time. */
  static void read(Connection connection, FigureQuery query, FigureQuery.Sink sink)
      throws SQLException {
    String sql =
        "SELECT * FROM speed.figures WHERE %s ORDER BY start, service, series"
            .formatted(condition(query));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setFetchSize(FETCHED);
      fill(select, query);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sink.take(key(row), figure(row));
        }
      }
    }
  }

  private static String condition(FigureQuery query) {
    return "seconds = ? AND start >= ? AND start < ? AND signal = ?"
        + (query.service().isPresent() ? " AND service = ?" : "")
        + (query.series().isPresent() ? " AND series = ?" : "");
  }

  private static void fill(PreparedStatement select, FigureQuery query) throws SQLException {
    select.setInt(1, query.seconds());
    select.setObject(2, utc(query.from()));
    select.setObject(3, utc(query.to()));
    select.setString(4, query.signal().word());
    int parameter = 5;
    for (Optional<String> name : List.of(query.service(), query.series())) {
      if (name.isPresent()) {
        select.setString(parameter++, name.get());
      }
    }
  }

  private static Map<Key, Figure> stored(Connection connection, Signal signal, Set<Key> keys)
      throws SQLException {
    Map<Key, Figure> stored = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT f.* FROM unnest(?, ?, ?, ?) AS k (seconds, start, service, series)
            JOIN speed.figures f ON f.seconds = k.seconds AND f.start = k.start
              AND f.service = k.service AND f.series = k.series AND f.signal = ?""")) {
      select.setArray(1, array(connection, "integer", keys, Key::seconds));
      select.setArray(2, array(connection, "timestamptz", keys, key -> utc(key.start())));
      select.setArray(3, array(connection, "varchar", keys, Key::service));
      select.setArray(4, array(connection, "varchar", keys, Key::series));
      select.setString(5, signal.word());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          stored.put(key(row), figure(row));
        }
      }
    }
    return stored;
  }

  private static void write(
      Connection connection, String sql, Signal signal, Map<Key, Figure> figures)
      throws SQLException {
    if (figures.isEmpty()) {
      return;
    }
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      for (Map.Entry<Key, Figure> entry : figures.entrySet()) {
        Key key = entry.getKey();
        Figure figure = entry.getValue();
        boolean valued = figure.measured > 0;
        row.setLong(1, figure.records);
        row.setLong(2, figure.bytes);
        row.setLong(3, figure.errors);
        row.setBytes(4, figure.traces.toBytes());
        row.setLong(5, figure.measured);
        row.setDouble(6, figure.total);
        row.setObject(7, valued ? figure.smallest : null, Types.DOUBLE);
        row.setObject(8, valued ? figure.largest : null, Types.DOUBLE);
        row.setObject(9, valued ? figure.latest : null, Types.DOUBLE);
        row.setObject(10, valued ? utc(figure.latestAt) : null, Types.TIMESTAMP_WITH_TIMEZONE);
        row.setArray(11, connection.createArrayOf("integer", figure.quantiles.bins()));
        row.setArray(12, connection.createArrayOf("bigint", figure.quantiles.counts()));
        row.setInt(13, key.seconds());
        row.setObject(14, utc(key.start()));
        row.setString(15, key.service());
        row.setString(16, key.series());
        row.setString(17, signal.word());
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  static Key key(ResultSet row) throws SQLException {
    return new Key(
        row.getInt("seconds"),
        Objects.requireNonNull(instant(row, "start")),
        row.getString("service"),
        row.getString("series"));
  }

  static Figure figure(ResultSet row) throws SQLException {
    Figure figure = new Figure();
    figure.records = row.getLong("records");
    figure.bytes = row.getLong("bytes");
    figure.errors = row.getLong("errors");
    figure.traces.addAll(row.getBytes("traces"));
    figure.measured = row.getLong("measured");
    if (figure.measured > 0) {
      figure.total = row.getDouble("total");
      figure.smallest = row.getDouble("smallest");
      figure.largest = row.getDouble("largest");
      figure.latest = row.getDouble("latest");
      figure.latestAt = Objects.requireNonNull(instant(row, "latest_at"));
    }
    Object[] bins = (Object[]) row.getArray("bins").getArray();
    Object[] counts = (Object[]) row.getArray("counts").getArray();
    for (int i = 0; i < bins.length; i++) {
      figure.quantiles.add((Integer) bins[i], (Long) counts[i]);
    }
    return figure;
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static Array array(
      Connection connection, String type, Set<Key> keys, Function<Key, Object> of)
      throws SQLException {
    return connection.createArrayOf(type, keys.stream().map(of).toArray());
  }
}
