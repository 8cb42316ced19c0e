package routes.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.settings.Cloud;
import routes.settings.SettingsException;
import routes.settings.SettingsReader;

class SpeedSettingsTest {

  private static final Path DATA = Path.of("/var/lib/data");

  @Test
  void beside_the_embedded_cloud_figures_are_counted_where_nobody_says_otherwise() {
    assertThat(from(Cloud.EMBEDDED, Map.of()).url())
        .startsWith("jdbc:h2:file:/var/lib/data/figures;");
    assertThat(from(Cloud.EMBEDDED, Map.of("SPEED_JDBC_URL", "off")).enabled()).isFalse();
  }

  @Test
  void elsewhere_they_are_counted_where_a_database_is_named() {
    assertThat(from(Cloud.AWS, Map.of()).enabled()).isFalse();
    assertThat(from(Cloud.AWS, Map.of("SPEED_JDBC_URL", "jdbc:postgresql://db/figures")).url())
        .isEqualTo("jdbc:postgresql://db/figures");
    assertThatThrownBy(() -> from(Cloud.AWS, Map.of("SPEED_JDBC_URL", "embedded")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "SPEED_JDBC_URL=embedded: is for the embedded cloud only; name a database of PostgreSQL");
  }

  /** The route is there for what Camel is told, and must not be without a database. */
  @Test
  void the_route_is_told_the_same() {
    for (Cloud cloud : Cloud.values()) {
      SettingsReader reader = new SettingsReader(Map.of());
      boolean counted = SpeedSettings.from(reader, cloud, DATA).enabled();

      assertThat(reader.properties().get("speed.jdbc-url")).isEqualTo(counted ? "embedded" : "off");
    }
  }

  private static SpeedSettings from(Cloud cloud, Map<String, String> env) {
    return SpeedSettings.from(new SettingsReader(env), cloud, DATA);
  }
}
