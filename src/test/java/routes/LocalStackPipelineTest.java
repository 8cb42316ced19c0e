package routes;

import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

@EnabledIf(
    value = "dockerIsHere",
    disabledReason = "No Docker here: the pipeline is not tested against LocalStack")
class LocalStackPipelineTest extends RemotePipelineContract {

  /** The last one that runs without an account, as in {@code docker-compose.yml}. */
  private static final String IMAGE = "localstack/localstack:4.14.0";

  private LocalStackContainer localStack;

  static boolean dockerIsHere() {
    boolean here = DockerClientFactory.instance().isDockerAvailable();
    if (!here) {
      System.out.println("No Docker here: the pipeline is not tested against LocalStack");
    }
    return here;
  }

  @Override
  void startCloud() {
    super.startCloud();
    localStack =
        new LocalStackContainer(DockerImageName.parse(IMAGE)).withServices("kinesis", "s3", "sqs");
    localStack.start();
  }

  @Override
  void stopCloud() {
    if (localStack != null) {
      localStack.stop();
    }
    super.stopCloud();
  }

  @Override
  URI endpoint() {
    return localStack.getEndpoint();
  }
}
