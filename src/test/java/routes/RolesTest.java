package routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which routes run in a process of which role, by their preconditions. */
class RolesTest {

  @TempDir static Path folder;
  private static RunningApp all;

  @BeforeAll
  static void start() throws Exception {
    all = RunningApp.start(folder);
  }

  @AfterAll
  static void stop() {
    all.close();
  }

  @Test
  void one_process_may_do_all() throws Exception {
    assertThat(routes(all)).contains("ingest-http", "ingest-files", "health", "publish", "deliver");
  }

  @Test
  void an_intake_does_not_deliver() throws Exception {
    try (RunningApp intake = beside(Map.of("ROLE", "intake"))) {
      assertThat(routes(intake))
          .contains("ingest-http", "ingest-files", "health", "publish")
          .doesNotContain("deliver");
    }
  }

  @Test
  void a_delivering_process_takes_nothing_in() throws Exception {
    try (RunningApp worker = beside(Map.of("ROLE", "deliver"))) {
      assertThat(routes(worker))
          .contains("deliver")
          .noneMatch(route -> route.startsWith("ingest-"))
          .doesNotContain("health");
    }
  }

  @Test
  void files_wait_while_publishing_is_switched_off() throws Exception {
    try (RunningApp waiting = beside(Map.of("ROLE", "intake", "KINESIS_ENABLED", "false"))) {
      assertThat(routes(waiting)).contains("ingest-http").doesNotContain("ingest-files");
    }
  }

  private static RunningApp beside(Map<String, String> env) throws Exception {
    Map<String, String> more = new HashMap<>(env);
    more.put("AWS_ENDPOINT_URL", "http://localhost:" + all.endpoints().localCloud());
    return RunningApp.start(folder.resolve(env.toString()), more);
  }

  private static List<String> routes(RunningApp app) throws Exception {
    JsonNode answer = new ObjectMapper().readTree(app.get("/api/routes").body());
    return answer.findValuesAsText("id");
  }
}
