package routes.speed;

import com.google.errorprone.annotations.ThreadSafe;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import routes.settings.Secret;

/**
 * Connections to the database of the figures, each of which finds the tables there: it may be
 * another database than before, made anew or restored. Nothing connects before somebody asks.
 */
@ThreadSafe
final class Database implements AutoCloseable {

  /** Shards write one after the other, and the page reads. */
  private static final int CONNECTIONS = 4;

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** After that a database that says nothing counts as gone. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final HikariDataSource connections;

  Database(String url, String user, Secret password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("speed");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password.text());
    config.setAutoCommit(false);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    // A file is opened by the first to ask, after a crash with what that takes to mend.
    config.setConnectionTimeout(SILENCE.toMillis());
    config.setInitializationFailTimeout(-1);
    if (url.startsWith("jdbc:postgresql:")) {
      config.setConnectionTimeout(CONNECT.toMillis());
      config.addDataSourceProperty("ApplicationName", "camel-app");
      config.addDataSourceProperty("reWriteBatchedInserts", "true");
      config.addDataSourceProperty("socketTimeout", Long.toString(SILENCE.toSeconds()));
    }
    connections = new HikariDataSource(config);
  }

  /** A connection without autocommit; closing it rolls back what is not committed. */
  Connection connect() throws SQLException {
    Connection connection = connections.getConnection();
    try {
      Schema.bringUpToDate(connection);
      return connection;
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
