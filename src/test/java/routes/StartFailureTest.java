package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.cloud.CloudException;
import routes.local.Clouds;
import routes.settings.SettingsException;

/** What an operator sees of a start that fails: one line, and an exit code. */
class StartFailureTest {

  private static final long SECONDS = 60;

  @TempDir Path directory;

  @Test
  void a_bad_setting_ends_the_start() throws Exception {
    assertRefused(2, Map.of("FLUSH_MAX_RECORDS", "many"), "FLUSH_MAX_RECORDS=many: ");
  }

  @Test
  void a_cloud_runtime_without_a_cloud_ends_the_start() throws Exception {
    assertRefused(
        2, Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), "CLOUD is not set on a cloud runtime");
  }

  @Test
  void a_busy_port_of_the_embedded_cloud_ends_the_start() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(busy.getLocalPort());
      assertRefused(1, Map.of("LOCAL_CLOUD_PORT", port), "LOCAL_CLOUD_PORT " + port);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INGEST_PORT", "OTLP_GRPC_PORT", "DASHBOARD_PORT"})
  void a_busy_port_of_a_server_is_named(String variable) throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(busy.getLocalPort());
      assertThatThrownBy(() -> start(Map.of(variable, port)))
          .isInstanceOf(CloudException.class)
          .hasMessageStartingWith(variable + "=" + port);
    }
  }

  @Test
  void the_usual_port_of_grpc_may_be_busy() throws Exception {
    try (ServerSocket socket = new ServerSocket()) {
      try {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4317));
      } catch (BindException busy) {
        // Just as well.
      }
      try (RunningApp app = RunningApp.start(directory, Map.of("OTLP_GRPC_PORT", "4317"))) {
        assertThat(app.ingest("{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"web\"}"))
            .isEqualTo(200);
      }
    }
  }

  @Test
  void a_data_directory_that_is_held_is_named() throws Exception {
    Path data = directory.resolve("data");
    try (var held = Clouds.start(data, 0)) {
      assertThat(held.port()).isPositive();
      assertThatThrownBy(() -> start(Map.of()))
          .isInstanceOf(CloudException.class)
          .hasMessageContaining(data + " is in use by process");
    }
  }

  @Test
  void a_broken_route_ends_the_start() throws Exception {
    Path routes = Files.createDirectory(directory.resolve("broken"));
    Files.writeString(
        routes.resolve("broken.yaml"),
        """
        - route:
            id: broken
            from:
              uri: direct:broken
              stepz: []
        """);
    assertRefused(
        1,
        Map.of("ROUTES_DIR", routes.toString()),
        routes + "/broken.yaml, line 5: Unsupported field: stepz. Mend it and start again");
    assertThat(Files.readAllLines(directory.resolve("output.log")))
        .noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void beans_that_cannot_be_made_end_the_start() throws Exception {
    Path routes = Files.createDirectory(directory.resolve("beans"));
    Files.writeString(
        routes.resolve("beans.yaml"),
        """
        - beans:
            - name: some
              type: routes.Nothing
        """);
    assertRefused(1, Map.of("ROUTES_DIR", routes.toString()), routes + "/beans.yaml: ");
  }

  @Test
  void a_route_that_names_an_unknown_bean_ends_the_start() throws Exception {
    Path routes = Files.createDirectory(directory.resolve("unknown"));
    Files.writeString(
        routes.resolve("some.yaml"),
        """
        - route:
            id: unknown
            from:
              uri: direct:unknown
              steps:
                - bean:
                    ref: nobody
        """);
    assertRefused(
        1,
        Map.of("ROUTES_DIR", routes.toString()),
        "The route unknown: No bean could be found in the registry for: nobody. Mend it and start");
  }

  @Test
  void a_folder_without_a_route_ends_the_start() throws Exception {
    Path routes = Files.createDirectory(directory.resolve("empty"));
    assertRefused(
        1, Map.of("ROUTES_DIR", routes.toString()), "ROUTES_DIR=" + routes + " has no route");
  }

  @Test
  void an_inbox_that_is_no_folder_ends_the_start() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertRefused(
        1,
        Map.of("INBOX_DIR", file.toString()),
        "the inbox " + file + " must be a folder that can be written to");
  }

  @Test
  void an_inbox_whose_offsets_cannot_be_written_ends_the_start_without_a_stack_trace()
      throws Exception {
    Path inbox = Files.createDirectory(directory.resolve("read-only"));
    Files.createFile(inbox.resolve(".offsets"));
    assertRefused(1, Map.of("INBOX_DIR", inbox.toString()), "INBOX_DIR: the inbox " + inbox);
    assertThat(Files.readAllLines(directory.resolve("output.log")))
        .noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void an_argument_that_is_none_ends_the_start() throws Exception {
    assertThatThrownBy(() -> CommandLine.answer("--port=1"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "--port=1: only --help, --version, load, audit and backfill are known");
  }

  @Test
  void help_names_every_setting() {
    String help = CommandLine.answer("--help");
    assertThat(help.lines())
        .contains(
            "  ROLE=all",
            "  KINESIS_STREAM_NAME=stage01-logs-stream",
            "  AWS_REGION=us-east-1",
            "  INGEST_API_KEYS");
    assertThat(help)
        .contains("Not set, STREAM_NAME counts.", "Not set, AWS_DEFAULT_REGION counts.");
    assertThat(CommandLine.answer("-h")).isEqualTo(help);
    assertThat(CommandLine.answer("--version")).startsWith("camel-app ");
  }

  @Test
  void help_for_the_audit_needs_no_settings() {
    assertThat(CommandLine.answer("audit")).startsWith("Usage: java -jar");
  }

  private void start(Map<String, String> env) throws Exception {
    Map<String, String> all = new HashMap<>(env);
    all.put("DATA_DIR", directory.resolve("data").toString());
    all.put("INBOX_DIR", directory.resolve("inbox").toString());
    RunningApp.start(all).close();
  }

  private void assertRefused(int code, Map<String, String> env, String message) throws Exception {
    try (AppProcess process = new AppProcess(directory, env)) {
      assertThat(process.exitCode(SECONDS)).isEqualTo(code);
      assertThat(process.errors())
          .singleElement()
          .satisfies(line -> assertThat(line).contains(message));
    }
  }
}
