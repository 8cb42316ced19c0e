package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The bill of materials that the jar carries names all that is in it. */
class SbomIT {

  private static final String SBOM = "META-INF/sbom/application.cdx.json";

  @Test
  void every_class_of_another_is_from_a_component_that_is_listed() throws IOException {
    try (JarFile app = new JarFile("target/camel-app.jar")) {
      ZipEntry entry = app.getEntry(SBOM);
      assumeTrue(entry != null, "the jar was made offline, where Maven lists nothing");
      JsonNode sbom = new ObjectMapper().readTree(app.getInputStream(entry));

      Set<String> listed = new HashSet<>();
      List<String> missing = new ArrayList<>();
      for (JsonNode component : sbom.get("components")) {
        File jar = jarOf(component);
        if (jar == null) {
          missing.add(component.get("purl").asText());
        } else {
          listed.addAll(classes(jar));
        }
      }

      assertThat(missing).as("listed and not what was compiled with").isEmpty();
      assertThat(classes(new File("target/camel-app.jar")))
          .filteredOn(name -> !name.startsWith("routes/"))
          .hasSizeGreaterThan(10_000)
          .isSubsetOf(listed);
    }
  }

  private static File jarOf(JsonNode component) {
    String folder =
        "/%s/%s/%s/"
            .formatted(
                component.get("group").asText().replace('.', '/'),
                component.get("name").asText(),
                component.get("version").asText());
    return Splitter.on(File.pathSeparatorChar)
        .splitToStream(System.getProperty("java.class.path"))
        .filter(jar -> jar.replace(File.separatorChar, '/').contains(folder))
        .map(File::new)
        .findFirst()
        .orElse(null);
  }

  private static Set<String> classes(File jar) throws IOException {
    try (JarFile file = new JarFile(jar)) {
      return file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .collect(Collectors.toSet());
    }
  }
}
