package routes.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** No page that somebody on the way answers with is taken for an answer of S3's. */
class GenuineAnswersTest {

  private static final byte[] PAGE = "<html><body>Please log in</body></html>".getBytes(UTF_8);

  private HttpServer portal;

  /** A call, by its name. */
  record Call(String name, Consumer<S3Client> made) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeEach
  void start() throws IOException {
    portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    portal.start();
  }

  @AfterEach
  void stop() {
    portal.stop(0);
  }

  static Stream<Arguments> answers() {
    return calls().flatMap(call -> Stream.of(200, 302, 502).map(it -> Arguments.of(call, it)));
  }

  private static Stream<Call> calls() {
    return Stream.of(
        new Call(
            "PutObject",
            s3 ->
                s3.putObject(
                    put -> put.bucket("lake").key("k").ifNoneMatch("*"),
                    RequestBody.fromString("x"))),
        new Call("GetObject", s3 -> s3.getObjectAsBytes(get -> get.bucket("lake").key("k"))),
        new Call("HeadObject", s3 -> s3.headObject(head -> head.bucket("lake").key("k"))),
        new Call("ListObjectsV2", s3 -> s3.listObjectsV2(list -> list.bucket("lake"))),
        new Call("HeadBucket", s3 -> s3.headBucket(head -> head.bucket("lake"))),
        new Call("CreateBucket", s3 -> s3.createBucket(create -> create.bucket("lake"))),
        new Call("DeleteObject", s3 -> s3.deleteObject(delete -> delete.bucket("lake").key("k"))),
        new Call(
            "DeleteObjects",
            s3 ->
                s3.deleteObjects(
                    delete ->
                        delete
                            .bucket("lake")
                            .delete(
                                Delete.builder()
                                    .objects(ObjectIdentifier.builder().key("k").build())
                                    .build()))));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void a_page_is_no_answer(Call call, int status) {
    portal.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
          boolean empty = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(status, empty ? -1 : PAGE.length);
          if (!empty) {
            exchange.getResponseBody().write(PAGE);
          }
          exchange.close();
        });
    try (S3Client s3 = client()) {
      assertThatExceptionOfType(SdkException.class).isThrownBy(() -> call.made().accept(s3));
    }
  }

  private S3Client client() {
    return S3Client.builder()
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .region(Region.US_EAST_1)
        .endpointOverride(URI.create("http://localhost:" + portal.getAddress().getPort()))
        .forcePathStyle(true)
        .overrideConfiguration(
            settings ->
                settings
                    .addExecutionInterceptor(new GenuineAnswers())
                    .retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }
}
