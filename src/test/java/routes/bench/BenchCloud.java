package routes.bench;

import com.google.common.collect.Iterators;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import routes.LakeReaders;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Kinesis and S3 in a process of their own: the embedded cloud of the app's jar, alone. */
final class BenchCloud implements AutoCloseable {

  private static final int LOADERS = 4;
  private static final int RECORDS_A_PUT = 500;

  private final Path folder;
  private final MeasuredProcess process;
  private final AwsClients aws;
  private final Resources resources;
  private final URI endpoint;

  private BenchCloud(Path folder, MeasuredProcess process, URI endpoint) {
    this.folder = folder;
    this.process = process;
    this.endpoint = endpoint;
    aws = AwsClients.ofEmbedded(endpoint, "us-east-1");
    resources = new Resources(aws.kinesis(), aws.s3(), aws.sqs());
  }

  static BenchCloud start(Path folder) throws IOException {
    int port = MeasuredProcess.freePort();
    Map<String, String> env =
        Map.of("ROLE", "cloud", "CLOUD", "embedded", "LOCAL_CLOUD_PORT", Integer.toString(port));
    Files.createDirectories(folder);
    MeasuredProcess process = MeasuredProcess.ofApp(folder, env, List.of("-Xmx512m"));
    BenchCloud cloud = new BenchCloud(folder, process, URI.create("http://localhost:" + port));
    Awaitility.await()
        .atMost(1, TimeUnit.MINUTES)
        .ignoreExceptions()
        .until(() -> cloud.aws.s3().listBuckets() != null);
    return cloud;
  }

  /** What a program needs to find it. */
  Map<String, String> env() {
    return Map.of(
        "CLOUD", "aws",
        "AWS_ENDPOINT_URL", endpoint.toString(),
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "test",
        "AWS_SECRET_ACCESS_KEY", "test");
  }

  /** What the app needs besides to deliver one stream into one bucket and do nothing else. */
  Map<String, String> envOfDelivery(String stream, String bucket) {
    Map<String, String> env = new HashMap<>(env());
    env.putAll(
        Map.of(
            "ROLE", "deliver",
            "KINESIS_STREAM_NAME", stream,
            "METRICS_STREAM_NAME", "off",
            "APM_STREAM_NAME", "off",
            "TARGET_BUCKET", bucket,
            "STATE_BUCKET", bucket + "-state",
            "CREATE_RESOURCES", "true",
            "DASHBOARD_PORT", "0"));
    return env;
  }

  /** The CPU time it used until now, in seconds. */
  double cpuSeconds() throws IOException {
    return process.cpuSeconds();
  }

  void createBucket(String name) {
    resources.ensureBucket(name);
  }

  /** Makes a stream and puts so many lines onto it, evenly over its shards. */
  void load(String stream, int shards, int lines) throws InterruptedException {
    load(stream, shards, LogLines.stream(lines));
  }

  /** The same with lines of one's own. */
  void load(String stream, int shards, Stream<byte[]> lines) throws InterruptedException {
    resources.ensureStream(stream, shards);
    ExecutorService loaders = Executors.newFixedThreadPool(LOADERS);
    Semaphore ahead = new Semaphore(2 * LOADERS);
    Iterator<List<byte[]>> puts = Iterators.partition(lines.iterator(), RECORDS_A_PUT);
    while (puts.hasNext()) {
      List<byte[]> put = puts.next();
      ahead.acquire();
      loaders.execute(
          () -> {
            put(stream, put);
            ahead.release();
          });
    }
    loaders.shutdown();
    loaders.awaitTermination(1, TimeUnit.MINUTES);
  }

  /** Puts lines onto a stream that is there, at most 500. */
  void put(String stream, List<byte[]> lines) {
    List<PutRecordsRequestEntry> entries = lines.stream().map(BenchCloud::entry).toList();
    aws.kinesis().putRecords(request -> request.streamName(stream).records(entries));
  }

  private static PutRecordsRequestEntry entry(byte[] line) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(Integer.toString(Arrays.hashCode(line)))
        .data(SdkBytes.fromByteArrayUnsafe(line))
        .build();
  }

  /** The files of a bucket's objects: to list them costs the cloud nothing. */
  List<Path> filesIn(String bucket) throws IOException {
    return LakeReaders.objects(folder.resolve("data/s3").resolve(bucket));
  }

  /** The length of all objects in a bucket together. */
  long bytesIn(String bucket) {
    return objects(bucket).stream().mapToLong(S3Object::size).sum();
  }

  int objectsIn(String bucket) {
    return objects(bucket).size();
  }

  /** What of each line in a bucket can be told apart, in order. */
  long[] hashesIn(String bucket) {
    return objects(bucket).stream()
        .flatMapToLong(object -> hashes(content(bucket, object.key())))
        .sorted()
        .toArray();
  }

  /** The same of what {@link #load} loads. */
  static long[] hashesOf(int lines) {
    return LogLines.stream(lines).mapToLong(line -> hash(line, 0, line.length)).sorted().toArray();
  }

  void empty(String bucket) {
    for (S3Object object : objects(bucket)) {
      aws.s3().deleteObject(delete -> delete.bucket(bucket).key(object.key()));
    }
  }

  private List<S3Object> objects(String bucket) {
    return aws.s3().listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
        .toList();
  }

  private byte[] content(String bucket, String key) {
    return aws.s3().getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArrayUnsafe();
  }

  private static LongStream hashes(byte[] lines) {
    LongStream.Builder hashes = LongStream.builder();
    int from = 0;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == '\n') {
        hashes.add(hash(lines, from, i - from));
        from = i + 1;
      }
    }
    return hashes.build();
  }

  private static long hash(byte[] bytes, int offset, int length) {
    return Hashing.farmHashFingerprint64().hashBytes(bytes, offset, length).asLong();
  }

  /** What it held is gone with it: gigabytes, that would fill the disk run by run. */
  @Override
  public void close() throws IOException {
    aws.close();
    process.close();
    MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
