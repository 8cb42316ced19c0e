package routes.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.http.api.TestServer.Response;

/** Who may read and who may change something. */
class GuardsTest {

  private static TestServer server(Map<String, String> env) {
    return new TestServer(
        env,
        api -> api.get("/api/thing", request -> "read").post("/api/thing", request -> "written"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:{port}",
        "localhost:{port}",
        "localhost",
        "dash.localhost:{port}",
        "[::1]:{port}",
      })
  void on_ones_own_machine_nothing_is_needed(String host) {
    try (TestServer server = server(Map.of())) {
      assertThat(server.get("/api/thing", "Host", host).status()).isEqualTo(200);
      assertThat(server.post("/api/thing", "{}", "Host", host).status()).isEqualTo(200);
    }
  }

  /** A page of a site whose name its owner lets mean 127.0.0.1 for a moment: DNS rebinding. */
  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example:{port}", "localhost.evil.example", "127.0.0.1.evil.example"})
  void under_a_foreign_name_nothing_is_told_and_nothing_done(String host) {
    try (TestServer server = server(Map.of())) {
      Response read = server.get("/api/thing", "Host", host);
      assertThat(read.status()).isEqualTo(403);
      assertThat(read.body()).contains("set DASHBOARD_TOKEN");
      assertThat(server.post("/api/thing", "{}", "Host", host).status()).isEqualTo(403);
    }
  }

  @Test
  void under_an_address_that_may_not_be_this_machine_reading_is_all() {
    try (TestServer server = server(Map.of())) {
      assertThat(server.get("/api/thing", "Host", "10.1.2.3:8010").status()).isEqualTo(200);
      assertThat(server.post("/api/thing", "{}", "Host", "10.1.2.3:8010").status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_page_of_another_site_changes_nothing_even_with_the_browsers_token(boolean token) {
    Map<String, String> env = token ? Map.of("DASHBOARD_TOKEN", "token") : Map.of();
    try (TestServer server = server(env)) {
      assertThat(write(server, "Origin", "http://evil.example").status()).isEqualTo(403);
      assertThat(write(server, "Origin", "http://127.0.0.1:1").status()).isEqualTo(403);
      assertThat(write(server, "Origin", "null").status()).isEqualTo(403);
      assertThat(write(server, "Sec-Fetch-Site", "cross-site").status()).isEqualTo(403);
      assertThat(write(server, "Sec-Fetch-Site", "same-site").status()).isEqualTo(403);
      assertThat(write(server, "Origin", "http://127.0.0.1:{port}").status()).isEqualTo(200);
      assertThat(write(server, "Sec-Fetch-Site", "same-origin").status()).isEqualTo(200);
    }
  }

  @Test
  void with_a_token_it_is_needed_for_everything_under_any_name() {
    try (TestServer server = server(Map.of("DASHBOARD_TOKEN", "token"))) {
      assertThat(server.get("/api/thing").status()).isEqualTo(401);
      assertThat(server.post("/api/thing", "{}").status()).isEqualTo(401);
      assertThat(server.get("/api/thing", "Authorization", "Bearer token").status()).isEqualTo(200);
      assertThat(write(server, "Host", "logs.example").status()).isEqualTo(200);
    }
  }

  @Test
  void a_port_that_others_reach_takes_changes_with_a_token_only() {
    for (Map<String, String> env :
        List.of(
            Map.of("DASHBOARD_HOST", "0.0.0.0"),
            Map.of("CLOUD", "aws", "DASHBOARD_HOST", "127.0.0.1"),
            Map.of("AWS_ENDPOINT_URL", "http://localhost:1"))) {
      try (TestServer server = server(env)) {
        Response refused = server.post("/api/thing", "{}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("set DASHBOARD_TOKEN");
        assertThat(server.get("/api/thing").status()).isEqualTo(200);
      }
    }
  }

  private static Response write(TestServer server, String header, String value) {
    return server.post("/api/thing", "{}", "Authorization", "Bearer token", header, value);
  }
}
