package routes;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The pipeline on a cloud outside this process, with names of its own for all it creates there. */
abstract class RemotePipelineContract extends PipelineContract {

  abstract URI endpoint();

  @Override
  void startCloud() {
    AnyCredentials.set();
  }

  @Override
  void stopCloud() {
    AnyCredentials.clear();
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
