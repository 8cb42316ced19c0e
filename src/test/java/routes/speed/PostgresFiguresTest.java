package routes.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.Postgres;
import routes.signal.Signal;

/** PostgreSQL itself. */
class PostgresFiguresTest extends FiguresContract {

  private static EmbeddedPostgres postgres;
  private static int databases;

  @BeforeAll
  static void start() {
    postgres =
        Postgres.start().orElseGet(() -> abort("PostgreSQL does not start here, its log says why"));
  }

  @AfterAll
  static void stop() {
    if (postgres != null) {
      Postgres.close(postgres);
    }
  }

  @Test
  void the_queries_of_grafanas_dashboard_run() throws Exception {
    new Worker("a", Signal.LOGS).count(some(100));
    Map<String, Integer> rows = new TreeMap<>();
    JsonNode dashboard =
        new ObjectMapper().readTree(Path.of("docs/observability/grafana-figures.json").toFile());
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (JsonNode panel : dashboard.get("panels")) {
        for (JsonNode target : panel.get("targets")) {
          try (ResultSet row = statement.executeQuery(filled(target.get("rawSql").asText()))) {
            int count = 0;
            while (row.next()) {
              count++;
            }
            rows.put(panel.get("title").asText() + " " + target.get("refId").asText(), count);
          }
        }
      }
      String p95 = dashboard.at("/panels/2/targets/0/rawSql").asText();
      try (ResultSet row = statement.executeQuery(filled(p95))) {
        row.next();
        assertThat(row.getDouble("p95")).isBetween(94 * 0.99, 94 * 1.01);
      }
      statement.executeQuery(filled(dashboard.at("/templating/list/2/query").asText()));
    }
    assertThat(rows)
        .isEqualTo(
            Map.of(
                "Records a second A", 1,
                "Errors A", 1,
                "How long it took A", 1,
                "Services A", 1,
                "Records a second, a day and a week before A", 1,
                "Records a second, a day and a week before B", 0,
                "Records a second, a day and a week before C", 0));
  }

  /** As Grafana does, for a time that has what is counted. */
  private static String filled(String sql) {
    return sql.replace("${signal}", "logs")
        .replace("${service:sqlstring}", "'web','db'")
        .replaceAll(
            "\\$__timeFilter\\(([^)]*)\\)",
            "$1 BETWEEN '2026-11-20T08:30:00Z' AND '2026-11-20T10:00:00Z'");
  }

  @Override
  String url() throws SQLException {
    String name = "figures" + ++databases;
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return postgres.getJdbcUrl("postgres", name).replaceFirst("\\?.*", "");
  }

  @Override
  String user() {
    return "postgres";
  }
}
