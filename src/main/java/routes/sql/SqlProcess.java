package routes.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The child that runs one query: reads a {@link SqlTask} from its input, answers with a {@link
 * SqlAnswer}, and ends at once when its input ends, as it does when the app is gone.
 */
public final class SqlProcess {

  /** Of DuckDB's settings; what is not here cannot be set later either. */
  private static final List<String> FENCES =
      List.of(
          "SET enable_external_access = false",
          "SET allow_community_extensions = false",
          "SET lock_configuration = true");

  private SqlProcess() {}

  /**
   * Runs it.
   *
   * @param args DuckDB's limit of memory, such as {@code 256MB}
   */
  public static void main(String[] args) throws IOException {
    ObjectMapper json = new ObjectMapper();
    SqlTask task = json.readValue(readLine(), SqlTask.class);
    Thread watch = new Thread(() -> endWithInput(Path.of(task.folder())), "input");
    watch.setDaemon(true);
    watch.start();
    SqlAnswer answer;
    try {
      answer = run(task, args[0], json);
    } catch (SQLException refused) {
      answer = SqlAnswer.failed(String.valueOf(refused.getMessage()));
    } catch (OutOfMemoryError full) {
      answer = SqlAnswer.failed("Out of Memory Error: a value is too long");
    }
    System.out.println(json.writeValueAsString(answer));
    System.out.flush();
    // What DuckDB still does in other threads is not waited for.
    Runtime.getRuntime().halt(0);
  }

  static SqlAnswer run(SqlTask task, String memory, ObjectMapper json)
      throws SQLException, IOException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", memory);
    settings.setProperty("threads", "2");
    settings.setProperty("temp_directory", "");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("allowed_directories", "[" + SqlTask.literal(task.folder()) + "]");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (String view : task.views()) {
        statement.execute(view);
      }
      for (String fence : FENCES) {
        statement.execute(fence);
      }
      // As a syntax tree, which DuckDB has of a SELECT only, it cannot do anything else.
      String query =
          "SELECT * FROM json_execute_serialized_sql(%s) LIMIT %s"
              .formatted(SqlTask.literal(parsed(connection, task.sql(), json)), task.limit());
      List<SqlResult.Column> columns = columns(connection, query);
      long rows =
          statement.executeLargeUpdate(
              "COPY (%s) TO %s (FORMAT %s)"
                  .formatted(query, SqlTask.literal(task.output()), task.format()));
      return new SqlAnswer(null, columns, rows);
    }
  }

  private static String parsed(Connection connection, String sql, ObjectMapper json)
      throws SQLException, IOException {
    try (PreparedStatement parse =
        connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
      parse.setString(1, sql);
      try (ResultSet result = parse.executeQuery()) {
        result.next();
        String tree = result.getString(1);
        JsonNode parsed = json.readTree(tree);
        if (parsed.path("error").asBoolean()) {
          throw new SQLException(objection(parsed));
        }
        if (parsed.path("statements").size() != 1) {
          throw new SQLException("One SELECT is run at a time");
        }
        return tree;
      }
    }
  }

  private static String objection(JsonNode parsed) {
    String message = parsed.path("error_message").asText();
    if (message.startsWith("Only SELECT")) {
      return "Only SELECT can be run, also with WITH, FROM, VALUES, DESCRIBE and SUMMARIZE in front";
    }
    return parsed.has("position")
        ? "%s, at character %s".formatted(message, parsed.path("position").asInt() + 1)
        : message;
  }

  private static List<SqlResult.Column> columns(Connection connection, String query)
      throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(query)) {
      ResultSetMetaData found = prepared.getMetaData();
      List<SqlResult.Column> columns = new ArrayList<>();
      for (int i = 1; i <= found.getColumnCount(); i++) {
        columns.add(new SqlResult.Column(found.getColumnName(i), found.getColumnTypeName(i)));
      }
      return columns;
    }
  }

  /** Without reading further, as the rest of the input is for {@link #endWithInput}. */
  private static byte[] readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = System.in.read(); b >= 0 && b != '\n'; b = System.in.read()) {
      line.write(b);
    }
    return line.toByteArray();
  }

  /** The app is gone, and so the copies are nobody's. */
  private static void endWithInput(Path folder) {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException gone) {
      // As good as its end.
    }
    try {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException left) {
      // For whoever tidies the temporary folder.
    }
    Runtime.getRuntime().halt(1);
  }
}
