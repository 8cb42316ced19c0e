package routes.speed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import routes.ledger.Account;
import routes.ledger.Checkpoint;
import routes.ledger.Checkpoints;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.signal.Signal;

/**
 * The figures and how far each shard is counted, in one database and never one without the other.
 * Thread-safe, also among processes: who writes a shard's figures must know the position there, and
 * writers of one signal take turns.
 */
final class FigureStore implements Checkpoints {

  private final Connections connections;

  /** To where this process found or left each shard. */
  private final Map<ShardId, Position> counted = new ConcurrentHashMap<>();

  /** Streams of which the database has forgotten something, and that are to be read again. */
  private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

  /** Gives connections without autocommit; closing one rolls back what is not committed. */
  interface Connections {
    Connection connect() throws SQLException;
  }

  FigureStore(Connections connections) {
    this.connections = connections;
  }

  @Override
  public Checkpoint load(ShardId shard) {
    try (Connection connection = connections.connect()) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO speed.positions (shard, sequence_number, item, finished)
              VALUES (?, ?, ?, FALSE) ON CONFLICT DO NOTHING""")) {
        insert.setString(1, shard.toString());
        insert.setString(2, Position.START.sequenceNumber());
        insert.setInt(3, Position.START.index());
        insert.executeUpdate();
      }
      connection.commit();
      Checkpoint checkpoint = checkpoint(connection, shard);
      counted.put(shard, checkpoint.delivered());
      return checkpoint;
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "How far %s is counted cannot be read: %s".formatted(shard, failure.getMessage()),
          failure);
    }
  }

  /** Positions change with the figures only; what is written here is that a shard is finished. */
  @Override
  public void save(ShardId shard, Checkpoint checkpoint, boolean clean) {
    if (!checkpoint.finished()) {
      return;
    }
    try (Connection connection = connections.connect()) {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE speed.positions SET finished = TRUE WHERE shard = ?")) {
        update.setString(1, shard.toString());
        update.executeUpdate();
      }
      connection.commit();
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "That %s is counted to its end cannot be written: %s"
              .formatted(shard, failure.getMessage()),
          failure);
    }
  }

  /**
   * Adds what lies after the position to which a shard is counted. Doing so again changes nothing,
   * whether or not the database said that it was done.
   *
   * @param to the last position there is to add
   * @param arrival when what is there arrived
   * @param figures those of what lies after a position
   * @throws SQLException what the database answered, or that it did not
   * @throws IllegalStateException when the database has forgotten what it was told, as one that was
   *     restored; the shards are to be read again from where it says
   */
  void add(
      ShardId shard,
      Signal signal,
      Position to,
      Instant arrival,
      Function<Position, Map<Key, Figure>> figures)
      throws SQLException {
    Position from = counted.getOrDefault(shard, Position.START);
    while (to.isAfter(from)) {
      Position reached = add(shard, signal, from, to, arrival, figures.apply(from));
      // Others only move it on.
      if (!reached.isAfter(from)) {
        counted.keySet().forEach(each -> forgotten.add(each.stream()));
        throw new IllegalStateException(
            "The database has counted %s to %s, and had counted it to %s: it was restored, and counting goes on from there"
                .formatted(shard, reached, from));
      }
      counted.put(shard, reached);
      from = reached;
    }
  }

  /** Whether a stream is to be read again from where the database says; true once. */
  boolean takeForgotten(String stream) {
    return forgotten.remove(stream);
  }

  /** Answers to where the shard is counted: when that was not {@code from}, nothing was added. */
  private Position add(
      ShardId shard,
      Signal signal,
      Position from,
      Position to,
      Instant arrival,
      Map<Key, Figure> figures)
      throws SQLException {
    try (Connection connection = connections.connect()) {
      if (!advance(connection, shard, from, to, arrival)) {
        return checkpoint(connection, shard).delivered();
      }
      if (!figures.isEmpty()) {
        takeTurn(connection, signal);
        FigureTable.add(connection, signal, figures);
      }
      connection.commit();
      return to;
    }
  }

  /** Reads figures in the order of time. */
  void read(FigureQuery query, FigureQuery.Sink sink) throws SQLException {
    try (Connection connection = connections.connect()) {
      FigureTable.read(connection, query, sink);
    }
  }

  /** The names of the parts with most records: services, or series of the one that is asked for. */
  List<String> largest(FigureQuery query, int count) throws SQLException {
    try (Connection connection = connections.connect()) {
      return FigureTable.largest(connection, query, count);
    }
  }

  /**
   * Keeps figures from a time on, and gets ready for those that begin before another; {@code
   * seconds} says of which kind.
   */
  void keep(int seconds, Instant since, Instant until) throws SQLException {
    try (Connection connection = connections.connect()) {
      FigureTable.keep(connection, seconds, since, until);
      connection.commit();
    }
  }

  private static Checkpoint checkpoint(Connection connection, ShardId shard) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT sequence_number, item, arrival, finished
            FROM speed.positions WHERE shard = ?""")) {
      select.setString(1, shard.toString());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Checkpoint.NONE;
        }
        return new Checkpoint(
            new Position(row.getString("sequence_number"), row.getInt("item")),
            FigureTable.instant(row, "arrival"),
            Map.of(),
            null,
            row.getBoolean("finished"),
            Account.NONE);
      }
    }
  }

  /** Moves the shard's position, and keeps others from it until the end of the transaction. */
  private static boolean advance(
      Connection connection, ShardId shard, Position from, Position to, Instant arrival)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE speed.positions SET sequence_number = ?, item = ?, arrival = ?
            WHERE shard = ? AND sequence_number = ? AND item = ?""")) {
      update.setString(1, to.sequenceNumber());
      update.setInt(2, to.index());
      update.setObject(3, FigureTable.utc(arrival));
      update.setString(4, shard.toString());
      update.setString(5, from.sequenceNumber());
      update.setInt(6, from.index());
      return update.executeUpdate() == 1;
    }
  }

  /** Sketches are merged here, so nobody else may change a figure between reading and writing. */
  private static void takeTurn(Connection connection, Signal signal) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT signal FROM speed.turns WHERE signal = ? FOR UPDATE")) {
      select.setString(1, signal.word());
      select.executeQuery().close();
    }
  }
}
