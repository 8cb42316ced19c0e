package routes.speed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables, in numbered steps that are in the jar as {@code /speed/<number>.sql}, or with {@code
 * -postgresql} where they are for that alone. A step that was released is never changed. Those of
 * H2 may run again, as it commits in the middle of one.
 */
final class Schema {

  /** How many steps there are. */
  private static final int LATEST = 2;

  private Schema() {}

  /**
   * Runs the steps that are left; where none is, only reads and needs no other right.
   *
   * @throws SQLException what the database refused; nothing of a step is done in PostgreSQL
   * @throws IllegalStateException when the tables are those of a later version of the app
   */
  static void bringUpToDate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!hasVersion(statement)) {
        begin(statement);
      }
      if (version(statement, "") == LATEST) {
        return;
      }
      // Another process waits here, and finds nothing left to do.
      int version = version(statement, " FOR UPDATE");
      if (version > LATEST) {
        throw new IllegalStateException(
            "The tables of the figures have version %s, and this app knows %s: start the later one"
                .formatted(version, LATEST));
      }
      for (int step = version + 1; step <= LATEST; step++) {
        run(step, statement);
      }
      statement.executeUpdate("UPDATE speed.version SET version = " + LATEST);
      connection.commit();
    }
  }

  /** One after the other: H2 refuses who makes what another is making, whatever it is told. */
  private static synchronized void begin(Statement statement) throws SQLException {
    if (!hasVersion(statement)) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS speed");
      statement.execute("CREATE TABLE IF NOT EXISTS speed.version (version integer PRIMARY KEY)");
      statement.execute("INSERT INTO speed.version VALUES (0) ON CONFLICT DO NOTHING");
      statement.getConnection().commit();
    }
  }

  /** Of H2 others see the table before there is anything in it. */
  private static boolean hasVersion(Statement statement) throws SQLException {
    return finds(
            statement,
            """
            SELECT 1 FROM information_schema.tables
            WHERE table_schema = 'speed' AND table_name = 'version'""")
        && finds(statement, "SELECT 1 FROM speed.version");
  }

  private static boolean finds(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static int version(Statement statement, String how) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT version FROM speed.version" + how)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void run(int step, Statement statement) throws SQLException {
    URL all = Schema.class.getResource("/speed/%s.sql".formatted(step));
    URL postgres = Schema.class.getResource("/speed/%s-postgresql.sql".formatted(step));
    try {
      if (all != null) {
        statement.execute(Resources.toString(all, UTF_8));
      }
      if (postgres != null && isPostgres(statement.getConnection())) {
        statement.execute(Resources.toString(postgres, UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the figures are in partitions, which H2 has not. */
  static boolean isPostgres(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
  }
}
