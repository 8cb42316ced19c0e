package routes.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.AwsClients;
import routes.cloud.CloudException;
import routes.cloud.Resources;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.model.Message;

class KilledProcessTest {

  private static final String NAME = "killed";
  private static final int WRITERS = 4;

  @TempDir Path data;

  @Test
  void what_was_acknowledged_before_a_kill_is_there_after_it() throws Exception {
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try (CloudProcess process = new CloudProcess(data);
        AwsClients clients = AwsClients.ofEmbedded(process.endpoint(), "us-east-1")) {
      Resources resources = new Resources(clients.kinesis(), clients.s3(), clients.sqs());
      resources.ensureStream(NAME, 1);
      resources.ensureBucket(NAME);
      String queue = resources.ensureQueue(NAME);
      for (int writer = 0; writer < WRITERS; writer++) {
        String prefix = "writer-" + writer + "-";
        writers.execute(() -> storeUntilRefused(clients, queue, prefix, acknowledged));
      }
      await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.size() >= 100);
      process.kill();
      writers.shutdown();
      assertThat(writers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    try (LocalCloud cloud = Clouds.start(data, 0);
        AwsClients clients = Clouds.clientsOf(cloud)) {
      assertThat(records(clients)).containsAll(acknowledged);
      assertThat(messages(clients)).containsAll(acknowledged);
      assertThat(keys(clients)).containsAll(acknowledged).allMatch(key -> key.length() < 16);
    }
  }

  @Test
  void a_second_process_is_told_who_holds_the_directory() throws IOException {
    try (CloudProcess process = new CloudProcess(data)) {
      assertThatThrownBy(() -> Clouds.start(data, 0))
          .isInstanceOf(CloudException.class)
          .hasMessageContaining("is in use by process " + process.pid() + ":");
    }
    Clouds.start(data, 0).close();
  }

  private static void storeUntilRefused(
      AwsClients clients, String queue, String prefix, Queue<String> acknowledged) {
    try {
      for (int i = 0; ; i++) {
        String value = prefix + i;
        clients
            .kinesis()
            .putRecord(
                r -> r.streamName(NAME).partitionKey(value).data(SdkBytes.fromUtf8String(value)));
        clients.s3().putObject(r -> r.bucket(NAME).key(value), RequestBody.fromString(value));
        clients.sqs().sendMessage(r -> r.queueUrl(queue).messageBody(value));
        acknowledged.add(value);
      }
    } catch (SdkException killed) {
      assertThat(acknowledged).isNotEmpty();
    }
  }

  private static List<String> records(AwsClients clients) {
    String shard = clients.kinesis().listShards(r -> r.streamName(NAME)).shards().get(0).shardId();
    String iterator =
        clients
            .kinesis()
            .getShardIterator(
                r ->
                    r.streamName(NAME)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    return clients.kinesis().getRecords(r -> r.shardIterator(iterator)).records().stream()
        .map(record -> record.data().asUtf8String())
        .toList();
  }

  private static List<String> keys(AwsClients clients) {
    return clients.s3().listObjectsV2Paginator(r -> r.bucket(NAME)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private static List<String> messages(AwsClients clients) {
    String queue = clients.sqs().getQueueUrl(r -> r.queueName(NAME)).queueUrl();
    List<String> bodies = new ArrayList<>();
    List<Message> messages;
    do {
      messages =
          clients
              .sqs()
              .receiveMessage(
                  r -> r.queueUrl(queue).maxNumberOfMessages(10).visibilityTimeout(3600))
              .messages();
      messages.forEach(message -> bodies.add(message.body()));
    } while (!messages.isEmpty());
    return bodies;
  }
}
