package routes.dashboard.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.Settings;

class AppTest {

  private static final URI CLOUD = URI.create("http://localhost:4566");
  private static final URI INTAKE = URI.create("https://localhost:9004");

  @Test
  void says_where_records_are_taken_in_where_they_are() {
    assertThat(app("all").intakeUrl()).isEqualTo(INTAKE);
    assertThat(app("intake").intakeUrl()).isEqualTo(INTAKE);
    assertThat(app("deliver").intakeUrl()).isNull();
  }

  @Test
  void says_when_records_are_delivered_where_they_are() {
    assertThat(app("all").flushSeconds()).isEqualTo(2.5);
    assertThat(app("deliver").flushSeconds()).isEqualTo(2.5);
    assertThat(app("intake").flushSeconds()).isNull();
  }

  private static App app(String role) {
    Settings settings =
        Settings.load(Map.of("ROLE", role, "AWS_ENDPOINT_URL", "http://localhost:1"));
    return App.of(
        settings.role(),
        settings.aws(),
        settings.resources(),
        Instant.EPOCH,
        CLOUD,
        INTAKE,
        Duration.ofMillis(2500),
        true);
  }
}
