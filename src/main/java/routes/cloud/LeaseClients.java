package routes.cloud;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import routes.retry.SteadyClock;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * The clients that leases take: the Kinesis Client Library knows only asynchronous ones.
 *
 * <p>Safe for use by several threads; closing it closes the clients.
 */
public final class LeaseClients implements AutoCloseable {

  private final FailingCalls failing = new FailingCalls(SteadyClock.OF_PROCESS);
  private final SdkAsyncHttpClient http = NettyNioAsyncHttpClient.create();
  private final KinesisAsyncClient kinesis;
  private final DynamoDbAsyncClient dynamoDb;
  private final CloudWatchAsyncClient cloudWatch;

  LeaseClients(
      AwsCredentialsProvider credentials,
      @Nullable URI endpoint,
      @Nullable URI dynamoDbEndpoint,
      Region region) {
    kinesis = client(KinesisAsyncClient.builder(), credentials, endpoint, region);
    dynamoDb =
        client(
            DynamoDbAsyncClient.builder(),
            credentials,
            dynamoDbEndpoint == null ? endpoint : dynamoDbEndpoint,
            region);
    cloudWatch = client(CloudWatchAsyncClient.builder(), credentials, endpoint, region);
  }

  private <B extends AwsClientBuilder<B, C> & AwsAsyncClientBuilder<B, C>, C> C client(
      B builder, AwsCredentialsProvider credentials, @Nullable URI endpoint, Region region) {
    return builder
        .httpClient(http)
        .credentialsProvider(credentials)
        .region(region)
        .overrideConfiguration(settings -> settings.addExecutionInterceptor(failing))
        .endpointOverride(endpoint)
        .build();
  }

  /** What of the calls of all three fails at present. */
  public FailingCalls failing() {
    return failing;
  }

  public KinesisAsyncClient kinesis() {
    return kinesis;
  }

  public DynamoDbAsyncClient dynamoDb() {
    return dynamoDb;
  }

  public CloudWatchAsyncClient cloudWatch() {
    return cloudWatch;
  }

  @Override
  public void close() {
    kinesis.close();
    dynamoDb.close();
    cloudWatch.close();
    http.close();
  }
}
