package routes.cloud;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The clients of the three services, on one connection pool.
 *
 * <p>Safe for use by several threads; closing it closes the clients.
 */
public final class AwsClients implements AutoCloseable {

  private static final int CONNECTIONS = 128;
  private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(8);
  private static final Duration LOGS_TIMEOUT = Duration.ofSeconds(30);

  private final AwsCredentialsProvider credentials;
  private final AwsCredentialsProvider leaseCredentials;
  private final @Nullable URI endpoint;
  private final Region in;
  private final SdkHttpClient http;
  private final KinesisClient kinesis;
  private final KinesisClient publishingKinesis;
  private final S3Client s3;
  private final SqsClient sqs;

  private AwsClients(
      AwsCredentialsProvider credentials,
      AwsCredentialsProvider leaseCredentials,
      @Nullable URI endpoint,
      String region,
      boolean pathStyle,
      boolean inPlace) {
    this.credentials = credentials;
    this.leaseCredentials = leaseCredentials;
    this.endpoint = endpoint;
    in = Region.of(region);
    http =
        ApacheHttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(Duration.ofSeconds(5))
            // Longer than the longest wait of an SQS ReceiveMessage call, 20 seconds.
            .socketTimeout(Duration.ofSeconds(30))
            .tcpKeepAlive(true)
            .build();
    KinesisClientBuilder streams =
        KinesisClient.builder()
            .httpClient(http)
            .credentialsProvider(credentials)
            .region(in)
            .endpointOverride(endpoint);
    ClientOverrideConfiguration.Builder once =
        ClientOverrideConfiguration.builder()
            .retryStrategy(DefaultRetryStrategy.doNotRetry())
            .apiCallTimeout(PUBLISH_TIMEOUT);
    ClientOverrideConfiguration.Builder reading = ClientOverrideConfiguration.builder();
    if (inPlace) {
      once.addExecutionInterceptor(new PutsInPlace()).addExecutionInterceptor(new RawAnswers());
      reading.addExecutionInterceptor(new RawAnswers());
    }
    publishingKinesis = streams.overrideConfiguration(once.build()).build();
    kinesis = streams.overrideConfiguration(reading.build()).build();
    s3 =
        S3Client.builder()
            .httpClient(http)
            .credentialsProvider(credentials)
            .region(in)
            .endpointOverride(endpoint)
            .forcePathStyle(pathStyle)
            // All that is put lies in memory or in a file: its checksum is known before it is
            // sent, and in chunks with the checksum behind them it would be copied and signed
            // piece by piece.
            .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(false))
            .overrideConfiguration(
                settings -> settings.addExecutionInterceptor(new GenuineAnswers()))
            .build();
    sqs =
        SqsClient.builder()
            .httpClient(http)
            .credentialsProvider(credentials)
            .region(in)
            .endpointOverride(endpoint)
            .build();
  }

  private AwsClients(AwsClients same, KinesisClient streams) {
    same.kinesis.close();
    same.publishingKinesis.close();
    credentials = same.credentials;
    leaseCredentials = same.leaseCredentials;
    endpoint = same.endpoint;
    in = same.in;
    http = same.http;
    kinesis = streams;
    publishingKinesis = streams;
    s3 = same.s3;
    sqs = same.sqs;
  }

  /**
   * Clients of the embedded cloud at this endpoint. They sign nothing, for it looks at no signature
   * and over plain HTTP one takes a SHA-256 of each object; DynamoDB, which is another's, wants
   * one.
   */
  public static AwsClients ofEmbedded(URI endpoint, String region) {
    return new AwsClients(
        AnonymousCredentialsProvider.create(),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")),
        endpoint,
        region,
        true,
        true);
  }

  /**
   * Clients of AWS, or of something that speaks like it, with the SDK's own search for credentials.
   *
   * @param endpoint null for AWS itself, or for what the SDK finds in {@code AWS_ENDPOINT_URL}
   * @param pathStyle whether a bucket's name goes into the path, as emulators need it, rather than
   *     into the host name
   * @param inPlace whether {@link #kinesis()} fills a {@link RawAnswer}, and {@link
   *     #publishingKinesis()} writes and reads PutRecords without the SDK
   */
  public static AwsClients of(
      @Nullable URI endpoint, String region, boolean pathStyle, boolean inPlace) {
    AwsCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
    return new AwsClients(credentials, credentials, endpoint, region, pathStyle, inPlace);
  }

  /** These, with another's streams; the other one is closed with them. */
  public AwsClients withStreamsOf(KinesisClient other) {
    return new AwsClients(this, other);
  }

  public KinesisClient kinesis() {
    return kinesis;
  }

  /** One that makes each call once and gives up on it after 8 seconds, for whoever retries. */
  public KinesisClient publishingKinesis() {
    return publishingKinesis;
  }

  public S3Client s3() {
    return s3;
  }

  public SqsClient sqs() {
    return sqs;
  }

  /**
   * Clients for leases at the same place, to be closed by the caller.
   *
   * @param dynamoDbEndpoint null for the one of the other services
   */
  public LeaseClients forLeases(@Nullable URI dynamoDbEndpoint) {
    return new LeaseClients(leaseCredentials, endpoint, dynamoDbEndpoint, in);
  }

  /**
   * A client of CloudWatch Logs at the same place, to be closed by the caller before this. It makes
   * each call once: a put that is made again is put twice.
   */
  public CloudWatchLogsClient forLogs() {
    return CloudWatchLogsClient.builder()
        .httpClient(http)
        .credentialsProvider(credentials)
        .region(in)
        .endpointOverride(endpoint)
        .overrideConfiguration(
            settings ->
                settings
                    .retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .apiCallTimeout(LOGS_TIMEOUT))
        .build();
  }

  @Override
  public void close() {
    kinesis.close();
    publishingKinesis.close();
    s3.close();
    sqs.close();
    http.close();
  }
}
