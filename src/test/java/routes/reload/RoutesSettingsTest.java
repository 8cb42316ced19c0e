package routes.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.settings.Role;

class RoutesSettingsTest {

  @TempDir Path routesDir;

  @Test
  void without_a_routes_folder_the_jars_copy_runs() {
    assertThat(properties(routesDir.resolve("absent"), Role.ALL))
        .contains(entry("camel.main.routes-include-pattern", "classpath:routes-yaml/*.yaml"));
  }

  @Test
  void a_link_to_the_routes_folder_is_resolved() throws IOException {
    Path folder = Files.createDirectory(routesDir.toRealPath().resolve("folder"));
    Path link = Files.createSymbolicLink(routesDir.resolve("link"), folder);

    assertThat(properties(link, Role.ALL)).contains(entry("routes.dir", folder.toString()));
  }

  @Test
  void who_takes_nothing_in_has_no_server_for_it() {
    assertThat(properties(routesDir, Role.INTAKE)).doesNotContainKey("camel.server.enabled");
    assertThat(properties(routesDir, Role.DELIVER))
        .contains(entry("camel.server.enabled", "false"));
  }

  private static Map<String, String> properties(Path dir, Role role) {
    return new RoutesSettings(dir, true).camelProperties(role);
  }
}
