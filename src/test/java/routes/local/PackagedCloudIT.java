package routes.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The packaged jar leaves out what its libraries only seem to need; this finds what they do. */
class PackagedCloudIT {

  private static final String CLASS_PATH =
      String.join(File.pathSeparator, "target/camel-app.jar", "target/test-classes");
  private static final String NAME = "packaged";

  private static CloudProcess process;
  private static AwsClients clients;
  private static Resources resources;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    process = new CloudProcess(data, CLASS_PATH);
    clients = AwsClients.ofEmbedded(process.endpoint(), "us-east-1");
    resources = new Resources(clients.kinesis(), clients.s3(), clients.sqs());
  }

  @AfterAll
  static void stop() {
    clients.close();
    process.close();
  }

  @Test
  void it_has_streams() {
    resources.ensureStream(NAME, 2);

    assertThat(
            clients
                .kinesis()
                .putRecord(
                    r -> r.streamName(NAME).partitionKey("key").data(SdkBytes.fromUtf8String("{}")))
                .sequenceNumber())
        .isNotEmpty();
  }

  @Test
  void it_has_objects() {
    resources.ensureBucket(NAME);
    clients
        .s3()
        .putObject(
            r -> r.bucket(NAME).key("put").metadata(Map.of("a", "b")).ifNoneMatch("*"),
            RequestBody.fromString("{}"));
    clients
        .s3()
        .copyObject(
            r ->
                r.sourceBucket(NAME)
                    .sourceKey("put")
                    .destinationBucket(NAME)
                    .destinationKey("copy"));
    String upload = clients.s3().createMultipartUpload(r -> r.bucket(NAME).key("parts")).uploadId();
    String tag =
        clients
            .s3()
            .uploadPart(
                r -> r.bucket(NAME).key("parts").uploadId(upload).partNumber(1),
                RequestBody.fromString("{}"))
            .eTag();
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(tag).build();
    clients
        .s3()
        .completeMultipartUpload(
            r -> r.bucket(NAME).key("parts").uploadId(upload).multipartUpload(m -> m.parts(part)));
    ObjectIdentifier copy = ObjectIdentifier.builder().key("copy").build();
    clients.s3().deleteObjects(r -> r.bucket(NAME).delete(d -> d.objects(copy)));

    assertThat(clients.s3().listObjectsV2(r -> r.bucket(NAME)).contents())
        .extracting(S3Object::key)
        .isEqualTo(List.of("parts", "put"));
    assertThat(clients.s3().headObject(r -> r.bucket(NAME).key("put")).metadata())
        .isEqualTo(Map.of("a", "b"));
  }

  @Test
  void it_has_queues() {
    String queue = resources.ensureQueue(NAME);

    clients.sqs().sendMessage(r -> r.queueUrl(queue).messageBody("hello"));

    assertThat(clients.sqs().receiveMessage(r -> r.queueUrl(queue)).messages())
        .singleElement()
        .satisfies(message -> assertThat(message.body()).isEqualTo("hello"));
  }
}
