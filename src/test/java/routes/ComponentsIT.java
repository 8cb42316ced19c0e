package routes;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The reference lists the components of Camel that are in the jar. */
class ComponentsIT {

  private static final String COMPONENTS = "META-INF/services/org/apache/camel/component/";

  @Test
  void all_are_listed() throws IOException {
    try (JarFile app = new JarFile("target/camel-app.jar")) {
      Readme.assertBlock(
          Path.of("docs/reference.md"),
          "components",
          app.stream()
              .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(COMPONENTS))
              .map(JarEntry::getName)
              .map(name -> name.substring(COMPONENTS.length()))
              .sorted()
              .collect(joining("`, `", "`", "`")));
    }
  }
}
