package routes.kinesis.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.AwsClients;
import routes.local.Clouds;
import routes.local.LocalCloud;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ScalingType;

/** What is read in place is what the SDK reads. */
class ReadAnswerTest {

  private static final String STREAM = "logs";

  private @TempDir Path folder;
  private LocalCloud cloud;
  private AwsClients aws;

  @BeforeEach
  void start() {
    cloud = Clouds.start(folder, 0);
    aws = Clouds.clientsOf(cloud);
    kinesis().createStream(create -> create.streamName(STREAM).shardCount(1));
    kinesis().waiter().waitUntilStreamExists(describe -> describe.streamName(STREAM));
  }

  @AfterEach
  void stop() {
    aws.close();
    cloud.close();
  }

  @Test
  void records_of_any_length_and_content() {
    Random random = new Random(1);
    List<byte[]> payloads = new ArrayList<>(List.of("line".getBytes(UTF_8)));
    for (int length : new int[] {1, 23, 24, 255, 256, 65_535, 65_536, 1_000_000}) {
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      payloads.add(payload);
    }
    put(payloads);

    assertThat(inPlace(10_000).records())
        .extracting(record -> record.data().toByteArray())
        .containsExactlyElementsOf(payloads);
    assertThat(inPlace(10_000).records()).isEqualTo(bySdk(10_000).records());
  }

  @Test
  void a_read_that_leaves_something_behind() {
    put(List.of(new byte[10], new byte[10], new byte[10]));

    ReadAnswer answer = inPlace(1);

    assertThat(answer.records()).isEqualTo(bySdk(1).records());
    assertThat(answer.next()).isNotNull();
    assertThat(read(GetRecordsRequest.builder().shardIterator(answer.next())).records()).hasSize(2);
  }

  @Test
  void an_empty_shard() {
    assertThat(inPlace(10).behindMillis()).isEqualTo(bySdk(10).behindMillis());
    assertThat(inPlace(10).records()).isEmpty();
  }

  @Test
  void the_end_of_a_shard_with_its_children() {
    put(List.of(new byte[10]));
    kinesis()
        .updateShardCount(
            split ->
                split
                    .streamName(STREAM)
                    .targetShardCount(2)
                    .scalingType(ScalingType.UNIFORM_SCALING));

    assertThat(inPlace(10)).isEqualTo(bySdk(10));
    assertThat(inPlace(10).next()).isNull();
  }

  private void put(List<byte[]> payloads) {
    kinesis()
        .putRecords(
            put ->
                put.streamName(STREAM)
                    .records(
                        payloads.stream()
                            .map(
                                payload ->
                                    PutRecordsRequestEntry.builder()
                                        .partitionKey("key")
                                        .data(SdkBytes.fromByteArray(payload))
                                        .build())
                            .toList()));
  }

  private ReadAnswer inPlace(int limit) {
    return read(GetRecordsRequest.builder().shardIterator(iterator()).limit(limit));
  }

  private ReadAnswer read(GetRecordsRequest.Builder request) {
    return ReadAnswer.of(kinesis(), request.build());
  }

  private ReadAnswer bySdk(int limit) {
    String from = iterator();
    return ReadAnswer.of(kinesis().getRecords(get -> get.shardIterator(from).limit(limit)));
  }

  private String iterator() {
    return kinesis()
        .getShardIterator(
            get ->
                get.streamName(STREAM)
                    .shardId("shardId-000000000000")
                    .shardIteratorType("TRIM_HORIZON"))
        .shardIterator();
  }

  private KinesisClient kinesis() {
    return aws.kinesis();
  }
}
