package routes.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import routes.cbor.CborWriter;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/** What is put in place is what the SDK puts, and so is what it answers. */
class PutsInPlaceTest {

  private static final String CBOR = "application/x-amz-cbor-1.1";

  /** {@code {"__type": "ProvisionedThroughputExceededException"}}. */
  private static final String THROTTLED =
      "a1665f5f74797065782650726f766973696f6e65645468726f756768707574457863656564"
          + "6564457863657074696f6e";

  private static final AwsBasicCredentials CREDENTIALS =
      AwsBasicCredentials.create("key", "secret");
  private static final DateTimeFormatter SIGNED_AT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Wire wire = new Wire();
  private final KinesisClient inPlace = client(new PutsInPlace(), new RawAnswers());
  private final KinesisClient bySdk = client();

  @AfterEach
  void close() {
    inPlace.close();
    bySdk.close();
  }

  @Test
  void a_request_says_what_the_sdk_would_say() {
    Random random = new Random(1);
    List<PutRecordsRequestEntry> records = new ArrayList<>();
    for (int length : new int[] {0, 1, 23, 24, 255, 256, 65_535, 65_536, 1_000_000}) {
      byte[] data = new byte[length];
      random.nextBytes(data);
      records.add(record(data).partitionKey("k".repeat(1 + length % 256)).build());
    }
    records.add(record(new byte[3]).partitionKey("Ünï€𝄞").build());
    records.add(record(new byte[3]).partitionKey("k").explicitHashKey("0").build());
    wire.answer(200, answer());

    put(PutRecordsRequest.builder().streamName("logs").records(records).build());
    put(PutRecordsRequest.builder().streamARN("arn:aws:x").records(records).build());
    put(PutRecordsRequest.builder().streamName("logs").streamARN("a").records(records).build());
    put(PutRecordsRequest.builder().streamName("logs").streamId("i").records(records).build());
    put(PutRecordsRequest.builder().streamName("logs").records(List.of()).build());
  }

  @Test
  void no_field_of_a_request_is_unknown() {
    assertThat(PutRecordsRequest.builder().sdkFieldNameToField().keySet())
        .containsExactlyInAnyOrder("Records", "StreamName", "StreamARN", "StreamId");
    assertThat(PutRecordsRequestEntry.builder().sdkFieldNameToField().keySet())
        .containsExactlyInAnyOrder("Data", "ExplicitHashKey", "PartitionKey");
  }

  @Test
  void an_answer_means_what_it_means_to_the_sdk() {
    wire.answer(200, answer());
    PutRecordsRequest request = logs();

    PutRecordsResponse answer = inPlace.putRecords(request);

    assertThat(answer).isEqualTo(bySdk.putRecords(request));
    assertThat(answer.failedRecordCount()).isEqualTo(1);
    assertThat(answer.records().get(1).errorMessage()).isEqualTo("slow down");
    assertThat(answer.responseMetadata().requestId()).isEqualTo("7");
  }

  @Test
  void what_is_signed_is_what_is_sent() {
    wire.answer(200, answer());

    inPlace.putRecords(logs());

    SdkHttpRequest sent = Objects.requireNonNull(wire.request);
    Instant at =
        SIGNED_AT.parse(sent.firstMatchingHeader("X-Amz-Date").orElseThrow(), Instant::from);
    SdkHttpRequest unsigned =
        sent.copy(http -> http.removeHeader("Authorization").removeHeader("X-Amz-Date"));
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(CREDENTIALS)
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(wire.sent))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kinesis")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)));
    assertThat(sent.firstMatchingHeader("Authorization"))
        .isEqualTo(signed.request().firstMatchingHeader("Authorization"));
  }

  @Test
  void a_request_that_kinesis_would_not_take_is_left_to_the_sdk() {
    wire.answer(200, answer());

    put(PutRecordsRequest.builder().records(logs().records()).build());
    put(
        PutRecordsRequest.builder()
            .streamName("logs")
            .records(PutRecordsRequestEntry.builder().partitionKey("k").build())
            .build());
  }

  @Test
  void an_error_is_thrown_by_the_sdk() {
    wire.answer(400, HexFormat.of().parseHex(THROTTLED));

    assertThatThrownBy(() -> inPlace.putRecords(logs()))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
  }

  @Test
  void an_answer_that_is_not_understood_is_read_by_the_sdk() {
    CborWriter deep = new CborWriter(16).map(2).text("New");
    for (int depth = 0; depth < 20; depth++) {
      deep.array(1);
    }
    deep.text("x").text("Records").array(1).map(2);
    deep.text("SequenceNumber").text("49").text("ShardId").text("shardId-0");
    wire.answer(200, bytes(deep));

    PutRecordsResponse answer = inPlace.putRecords(logs());

    assertThat(answer).isEqualTo(bySdk.putRecords(logs()));
    assertThat(answer.records().get(0).sequenceNumber()).isEqualTo("49");
  }

  @Test
  void an_answer_that_nobody_understands_is_a_failure() {
    wire.answer(200, new byte[] {0x20});

    assertThatThrownBy(() -> inPlace.putRecords(logs())).isInstanceOf(SdkClientException.class);
  }

  private static PutRecordsRequest logs() {
    return PutRecordsRequest.builder()
        .streamName("logs")
        .records(record(new byte[1]).partitionKey("k").build())
        .build();
  }

  private static PutRecordsRequestEntry.Builder record(byte[] data) {
    return PutRecordsRequestEntry.builder().data(SdkBytes.fromByteArrayUnsafe(data));
  }

  /** Puts in both ways and compares all that went over the wire. */
  private void put(PutRecordsRequest request) {
    inPlace.putRecords(request);
    List<String> body = wire.takeBody();
    List<String> head = wire.takeHead();
    bySdk.putRecords(request);

    assertThat(body).isEqualTo(wire.takeBody());
    assertThat(head).isEqualTo(wire.takeHead());
  }

  private static byte[] answer() {
    CborWriter out = new CborWriter(16).map(4).text("Records").array(2);
    out.map(2).text("SequenceNumber").text("49").text("ShardId").text("shardId-0");
    out.map(4).text("SequenceNumber").raw(new byte[] {(byte) 0xF6});
    out.text("ErrorCode").text("ProvisionedThroughputExceededException");
    out.text("ErrorMessage").text("slow down").text("New").array(0);
    out.text("EncryptionType").text("KMS");
    out.text("FailedRecordCount").raw(new byte[] {1});
    out.text("New").text("x");
    return bytes(out);
  }

  private static byte[] bytes(CborWriter out) {
    byte[] answer = new byte[out.length()];
    System.arraycopy(out.array(), 0, answer, 0, answer.length);
    return answer;
  }

  private KinesisClient client(ExecutionInterceptor... interceptors) {
    KinesisClientBuilder client =
        KinesisClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://localhost"))
            .credentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
            .httpClient(wire);
    client.overrideConfiguration(
        settings ->
            settings
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .executionInterceptors(List.of(interceptors)));
    return client.build();
  }

  /** Keeps what is sent, and gives the same answer to all of it. */
  private static final class Wire implements SdkHttpClient {

    private final List<String> head = new ArrayList<>();
    private final List<String> body = new ArrayList<>();
    private HttpExecuteResponse.Builder answer = HttpExecuteResponse.builder();
    private byte[] answerBody = new byte[0];
    private byte[] sent = new byte[0];
    private @Nullable SdkHttpRequest request;

    void answer(int status, byte[] cbor) {
      answerBody = cbor;
      answer =
          HttpExecuteResponse.builder()
              .response(
                  SdkHttpResponse.builder()
                      .statusCode(status)
                      .putHeader("Content-Type", CBOR)
                      .putHeader("Content-Length", Integer.toString(cbor.length))
                      .putHeader("x-amzn-RequestId", "7")
                      .build());
    }

    List<String> takeHead() {
      return take(head);
    }

    /** The tokens of CBOR. */
    List<String> takeBody() {
      return take(body);
    }

    private static List<String> take(List<String> all) {
      List<String> taken = List.copyOf(all);
      all.clear();
      return taken;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      this.request = request.httpRequest();
      try {
        sent = request.contentStreamProvider().orElseThrow().newStream().readAllBytes();
        head.add(request.httpRequest().encodedPath());
        head.addAll(request.httpRequest().matchingHeaders("X-Amz-Target"));
        head.addAll(request.httpRequest().matchingHeaders("Content-Type"));
        assertThat(request.httpRequest().firstMatchingHeader("Content-Length"))
            .hasValue(Integer.toString(sent.length));
        body.addAll(tokens(sent));
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return answer
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answerBody)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    private static List<String> tokens(byte[] cbor) throws IOException {
      List<String> tokens = new ArrayList<>();
      try (JsonParser parser = new CBORFactory().createParser(cbor)) {
        for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
          tokens.add(
              next
                  + " "
                  + (next == JsonToken.VALUE_EMBEDDED_OBJECT
                      ? HexFormat.of().formatHex(parser.getBinaryValue())
                      : parser.getText()));
        }
      }
      return tokens;
    }

    @Override
    public void close() {}
  }
}
