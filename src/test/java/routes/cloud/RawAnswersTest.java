package routes.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;

/** Who reads which answer; its length is in its head unless that says otherwise. */
class RawAnswersTest {

  private static final String CBOR = "application/x-amz-cbor-1.1";

  /** {@code {"NextShardIterator": "x"}}. */
  private static final byte[] ANSWER =
      HexFormat.of().parseHex("a1714e65787453686172644974657261746f726178");

  /** {@code {"__type": "ExpiredIteratorException"}}. */
  private static final String EXPIRED =
      "a1665f5f747970657818457870697265644974657261746f72457863657074696f6e";

  private final Deque<HttpExecuteResponse> answers = new ArrayDeque<>();
  private final RawAnswer raw = new RawAnswer();
  private final KinesisClient kinesis =
      KinesisClient.builder()
          .region(Region.US_EAST_1)
          .endpointOverride(URI.create("http://localhost"))
          .credentialsProvider(AnonymousCredentialsProvider.create())
          .httpClient(new Scripted())
          .overrideConfiguration(settings -> settings.addExecutionInterceptor(new RawAnswers()))
          .build();

  @AfterEach
  void close() {
    kinesis.close();
  }

  @Test
  void an_answer_goes_to_who_wants_it_raw_and_to_the_sdk_otherwise() {
    answers.add(answer(200, CBOR, ANSWER, ANSWER.length));
    answers.add(answer(200, CBOR, ANSWER, ANSWER.length));

    assertThat(ask().nextShardIterator()).isNull();
    assertThat(raw.body()).isEqualTo(ANSWER);
    assertThat(kinesis.getRecords(get -> get.shardIterator("at")).nextShardIterator())
        .isEqualTo("x");
  }

  @Test
  void an_answer_that_breaks_off_is_asked_for_again() {
    answers.add(answer(200, CBOR, new byte[3], ANSWER.length));
    answers.add(answer(200, CBOR, ANSWER, ANSWER.length));

    ask();

    assertThat(raw.body()).isEqualTo(ANSWER);
  }

  @Test
  void an_answer_that_does_not_call_itself_cbor_is_left_to_the_sdk() {
    answers.add(answer(200, "application/octet-stream", ANSWER, ANSWER.length));

    assertThat(ask().nextShardIterator()).isEqualTo("x");
    assertThat(raw.body()).isNull();
  }

  @Test
  void an_error_is_thrown_by_the_sdk() {
    byte[] error = HexFormat.of().parseHex(EXPIRED);
    answers.add(answer(400, CBOR, error, error.length));

    assertThatThrownBy(this::ask).isInstanceOf(ExpiredIteratorException.class);
    assertThat(raw.body()).isNull();
  }

  private GetRecordsResponse ask() {
    return kinesis.getRecords(
        get -> get.shardIterator("at").overrideConfiguration(raw.configuration()));
  }

  private static HttpExecuteResponse answer(int status, String type, byte[] body, int length) {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Content-Length", Integer.toString(length))
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  /** Gives one answer after the other. */
  private final class Scripted implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return answers.remove();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
