package routes.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.AwsClients;
import routes.cloud.CloudException;

class LocalCloudTest {

  @TempDir Path data;

  @Test
  void closing_twice_is_harmless_and_releases_port_and_directory() {
    LocalCloud cloud = Clouds.start(data, 0);
    int port = cloud.port();
    cloud.close();

    assertThatCode(cloud::close).doesNotThrowAnyException();
    LocalCloud next = Clouds.start(data, port);
    assertThat(next.endpoint()).isEqualTo(URI.create("http://localhost:" + port));
    next.close();
  }

  @Test
  void a_busy_port_is_named_and_leaves_nothing_running() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Clouds.start(data, busy.getLocalPort()))
          .isInstanceOf(CloudException.class)
          .hasMessage(
              "LOCAL_CLOUD_PORT %d on 127.0.0.1 is in use: set LOCAL_CLOUD_PORT to a free port, or to 0 for any",
              busy.getLocalPort());
    }
    Clouds.start(data, 0).close();
  }

  @Test
  void two_clouds_in_one_process_do_not_mix(@TempDir Path other) {
    try (LocalCloud one = Clouds.start(data, 0);
        LocalCloud two = Clouds.start(other, 0);
        AwsClients ofOne = Clouds.clientsOf(one);
        AwsClients ofTwo = Clouds.clientsOf(two)) {
      String queue = ofOne.sqs().createQueue(r -> r.queueName("queue")).queueUrl();
      ofOne.sqs().sendMessage(r -> r.queueUrl(queue).messageBody("hello"));

      assertThat(ofTwo.sqs().listQueues().queueUrls()).isEmpty();
    }
    assertThat(other.resolve("sqs")).isEmptyDirectory();
    assertThat(data.resolve("sqs/queue")).isDirectoryContaining("glob:**.message.json");
  }

  @Test
  void a_service_it_does_not_have_is_refused_by_name() throws Exception {
    try (LocalCloud cloud = Clouds.start(data, 0)) {
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(cloud.endpoint())
                      .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                      .POST(HttpRequest.BodyPublishers.ofString("{}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body())
          .isEqualTo(
              "{\"__type\":\"UnknownOperationException\",\"message\":\"The embedded local cloud has Kinesis, S3, SQS and CloudWatch Logs, but not DynamoDB_20120810.ListTables: use AWS_ENDPOINT_URL with a cloud that has it\"}");
    }
  }
}
