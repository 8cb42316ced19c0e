package routes.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.local.Clouds;
import routes.local.LocalCloud;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.model.Bucket;

class ResourcesTest {

  private static LocalCloud cloud;
  private static AwsClients clients;
  private static Resources resources;

  @BeforeAll
  static void start(@TempDir Path data) {
    cloud = Clouds.start(data, 0);
    clients = Clouds.clientsOf(cloud);
    resources = new Resources(clients.kinesis(), clients.s3(), clients.sqs());
  }

  @AfterAll
  static void stop() {
    clients.close();
    cloud.close();
  }

  @Test
  void a_missing_stream_is_created_and_active() {
    resources.ensureStream("new-stream", 3);

    var stream =
        clients
            .kinesis()
            .describeStreamSummary(r -> r.streamName("new-stream"))
            .streamDescriptionSummary();
    assertThat(stream.openShardCount()).isEqualTo(3);
    assertThat(stream.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
  }

  @Test
  void what_exists_stays_as_it_is() {
    resources.ensureStream("stream", 2);
    resources.ensureBucket("bucket");
    String queue = resources.ensureQueue("queue");

    resources.ensureStream("stream", 5);
    resources.ensureBucket("bucket");

    assertThat(resources.ensureQueue("queue")).isEqualTo(queue);
    assertThat(clients.kinesis().listShards(r -> r.streamName("stream")).shards()).hasSize(2);
  }

  @Test
  void several_processes_may_create_the_same_at_once() throws Exception {
    ExecutorService processes = Executors.newFixedThreadPool(8);
    try {
      Callable<String> creation =
          () -> {
            resources.ensureStream("shared-stream", 1);
            resources.ensureBucket("shared-bucket");
            return resources.ensureQueue("shared-queue");
          };
      for (Future<String> queue : processes.invokeAll(Collections.nCopies(8, creation))) {
        assertThat(queue.get()).endsWith("/shared-queue");
      }
    } finally {
      processes.shutdownNow();
    }
    assertThat(clients.kinesis().listShards(r -> r.streamName("shared-stream")).shards())
        .hasSize(1);
    assertThat(clients.s3().listBuckets().buckets())
        .extracting(Bucket::name)
        .containsOnlyOnce("shared-bucket");
  }

  @Test
  void a_cloud_that_cannot_be_reached_is_reported_with_the_resource() {
    try (AwsClients nowhere =
        AwsClients.ofEmbedded(URI.create("http://localhost:1"), "us-east-1")) {
      Resources unreachable = new Resources(nowhere.kinesis(), nowhere.s3(), nowhere.sqs());

      assertThatThrownBy(() -> unreachable.ensureBucket("md-raw-logs"))
          .isInstanceOf(CloudException.class)
          .hasMessageStartingWith("The bucket md-raw-logs can neither be found nor created (")
          .hasMessageEndingWith(
              "): check endpoint, region and permissions, or create it and set CREATE_RESOURCES=false");
    }
  }
}
