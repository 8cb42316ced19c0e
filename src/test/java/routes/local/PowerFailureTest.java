package routes.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/** What is acknowledged was forced to disk before, its bytes before its name. */
class PowerFailureTest extends CloudTest {

  @TempDir Path recordings;
  private String name;

  @BeforeEach
  void give_a_name(TestInfo test) {
    name = "n" + Integer.toHexString(test.getDisplayName().hashCode());
  }

  @Test
  void an_object_is_on_disk_before_its_name_is() throws IOException {
    clients.s3().createBucket(r -> r.bucket(name));

    assertThat(
            forced(
                () -> {
                  put("folder/key");
                  put("folder/other");
                  put("folder/key");
                }))
        .containsExactly(
            "s3-uploads/incoming",
            "s3/" + name,
            "s3/" + name + "/folder",
            "s3-uploads/incoming",
            "s3/" + name + "/folder",
            "s3-uploads/incoming",
            "s3/" + name + "/folder");
  }

  @Test
  void an_object_of_parts_is_on_disk_as_they_are() throws IOException {
    clients.s3().createBucket(r -> r.bucket(name));
    String[] upload = {""};

    assertThat(forced(() -> upload[0] = OnePart.put(clients.s3(), name, "key", "hello")))
        .containsExactly(
            "s3-uploads/incoming",
            "s3-uploads",
            "s3-uploads/" + upload[0],
            "s3-uploads/incoming",
            "s3-uploads/" + upload[0],
            "s3-uploads/incoming",
            "s3/" + name);
  }

  @Test
  void a_bucket_and_a_folder_are_on_disk() throws IOException {
    assertThat(
            forced(
                () -> {
                  clients.s3().createBucket(r -> r.bucket(name));
                  clients.s3().putObject(r -> r.bucket(name).key("folder/"), RequestBody.empty());
                }))
        .containsExactly("s3", "s3/" + name, "s3/" + name + "/folder");
  }

  @Test
  void a_message_is_on_disk_and_is_not_written_again_when_it_is_received() throws IOException {
    Path queue = data.resolve("sqs").resolve(name);
    String[] id = {""};
    Object[] before = {null};

    assertThat(
            forced(
                () -> {
                  String url = clients.sqs().createQueue(r -> r.queueName(name)).queueUrl();
                  id[0] =
                      clients.sqs().sendMessage(r -> r.queueUrl(url).messageBody("a")).messageId();
                  before[0] = identity(queue.resolve(id[0] + ".message.json"));
                  clients.sqs().receiveMessage(r -> r.queueUrl(url).visibilityTimeout(1));
                }))
        .containsExactly(
            "sqs",
            "sqs/" + name + "/queue.json.new",
            "sqs/" + name,
            "sqs/" + name + "/" + id[0] + ".message.json.new",
            "sqs/" + name);
    assertThat(identity(queue.resolve(id[0] + ".message.json"))).isEqualTo(before[0]);
  }

  @Test
  void events_are_on_disk() throws IOException {
    Instant now = Instant.now();
    try (CloudWatchLogsClient logs = clients.forLogs()) {
      logs.createLogGroup(r -> r.logGroupName(name));
      logs.createLogStream(r -> r.logGroupName(name).logStreamName("stream"));

      List<String> forced =
          forced(
              () -> {
                put(logs, now);
                put(logs, now);
              });

      String file = forced.get(0);
      assertThat(data.resolve(file)).content().contains("hello");
      assertThat(forced).containsExactly(file, file.substring(0, file.lastIndexOf('/')), file);
    }
  }

  private void put(CloudWatchLogsClient logs, Instant time) {
    logs.putLogEvents(
        r ->
            r.logGroupName(name)
                .logStreamName("stream")
                .logEvents(
                    InputLogEvent.builder()
                        .timestamp(time.toEpochMilli())
                        .message("hello")
                        .build()));
  }

  private void put(String key) {
    clients.s3().putObject(r -> r.bucket(name).key(key), RequestBody.fromString("hello"));
  }

  /** A file that was replaced is another. */
  private static Object identity(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Arrays.asList(attributes.fileKey(), attributes.lastModifiedTime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What calls force to disk, in this order. Once for a test: the recorder of JDK 17 loses paths
   * that it has seen in an earlier recording.
   */
  private List<String> forced(Runnable calls) throws IOException {
    Path file = recordings.resolve("forced.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
      recording.start();
      calls.run();
      recording.stop();
      recording.dump(file);
    }
    try (Stream<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()) {
      return events
          .sorted(Comparator.comparing(RecordedEvent::getStartTime))
          .map(event -> event.getString("path"))
          .filter(Objects::nonNull)
          .map(Path::of)
          .filter(path -> path.startsWith(data))
          .map(path -> data.relativize(path).toString())
          .map(path -> path.replaceFirst("incoming-\\d+", "incoming"))
          .toList();
    }
  }
}
