package routes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL of its own for a test, where its binaries run. */
public final class Postgres {

  private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);

  private Postgres() {}

  /** Starts one; empty where there are none for this machine, or not for this user. */
  public static Optional<EmbeddedPostgres> start() {
    try {
      return Optional.of(EmbeddedPostgres.start());
    } catch (IOException | RuntimeException cannot) {
      LOG.warn("No PostgreSQL here: {}", cannot.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Kills a process of it that serves the app, as {@code kill -9} does, for which it ends all
   * others, forgets what is in memory and recovers from its log.
   *
   * @return whether there was one
   */
  public static boolean kill(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet process =
            statement.executeQuery(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'camel-app'")) {
      return process.next()
          && ProcessHandle.of(process.getLong(1)).map(ProcessHandle::destroyForcibly).orElse(false);
    }
  }

  /** Stops it. */
  public static void close(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
