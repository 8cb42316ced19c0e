package routes;

import java.nio.file.Path;
import java.util.Map;

class EmbeddedPipelineTest extends PipelineContract {

  @Override
  Map<String, String> cloud(Path folder) {
    return Map.of("CLOUD", "embedded", "DATA_DIR", folder.resolve("data").toString());
  }
}
