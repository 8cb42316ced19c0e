package routes;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The pipeline on a cloud outside this process, with names of its own for all it creates there. */
abstract class RemotePipelineContract extends PipelineContract {

  private static final Map<String, String> ANY_CREDENTIALS =
      Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test");

  abstract URI endpoint();

  /** Emulators take any credentials; those of the environment, if there are some, are kept. */
  @Override
  void startCloud() {
    if (Optional.ofNullable(System.getenv("AWS_ACCESS_KEY_ID")).isEmpty()) {
      ANY_CREDENTIALS.forEach(System::setProperty);
    }
  }

  @Override
  void stopCloud() {
    ANY_CREDENTIALS.keySet().forEach(System::clearProperty);
  }

  @Override
  Map<String, String> cloud(Path folder) {
    String run = folder.getFileName().toString();
    return Map.of(
        "AWS_ENDPOINT_URL", endpoint().toString(),
        "CREATE_RESOURCES", "true",
        "KINESIS_STREAM_NAME", run + "-logs",
        "TARGET_BUCKET", run + "-lake",
        "STATE_BUCKET", run + "-state",
        "DLQ_QUEUE_NAME", run + "-dlq");
  }
}
