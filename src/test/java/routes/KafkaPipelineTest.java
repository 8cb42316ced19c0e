package routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import routes.kafka.KafkaBroker;

/** The pipeline with Kafka in place of Kinesis. */
class KafkaPipelineTest extends PipelineContract {

  private KafkaBroker broker;

  @Override
  void startCloud() throws Exception {
    broker = new KafkaBroker(Files.createTempDirectory("kafka")).start();
  }

  @Override
  void stopCloud() {
    broker.close();
  }

  @Override
  Map<String, String> cloud(Path folder) {
    return Map.of(
        "CLOUD",
        "embedded",
        "DATA_DIR",
        folder.resolve("data").toString(),
        "STREAM",
        "kafka",
        "KAFKA_BOOTSTRAP_SERVERS",
        broker.address(),
        "KINESIS_STREAM_NAME",
        folder.getFileName() + "-logs");
  }
}
