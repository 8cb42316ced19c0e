package routes.backfill;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Buckets that know what backfill asks of them. Before each call something may happen. */
final class InMemoryS3 implements S3Client {

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Stored(Map<String, String> metadata, byte[] content) {}

  private final Map<String, Stored> objects = new TreeMap<>();
  private Runnable before = () -> {};

  /** Something that happens before each call, such as a failure. */
  void before(Runnable something) {
    before = something;
  }

  synchronized Map<String, Stored> under(String bucket) {
    Map<String, Stored> found = new TreeMap<>();
    objects.forEach(
        (name, object) -> {
          if (name.startsWith(bucket + "/")) {
            found.put(name.substring(bucket.length() + 1), object);
          }
        });
    return found;
  }

  synchronized void put(String bucket, String key, Map<String, String> metadata, byte[] content) {
    objects.put(bucket + "/" + key, new Stored(metadata, content));
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    before.run();
    synchronized (this) {
      String name = request.bucket() + "/" + request.key();
      if (objects.containsKey(name) && Objects.equals(request.ifNoneMatch(), "*")) {
        throw S3Exception.builder().statusCode(412).message("it is there").build();
      }
      try {
        byte[] content = body.contentStreamProvider().newStream().readAllBytes();
        objects.put(name, new Stored(request.metadata(), content));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return PutObjectResponse.builder().build();
    }
  }

  @Override
  public synchronized HeadObjectResponse headObject(HeadObjectRequest request) {
    Stored object = Objects.requireNonNull(objects.get(request.bucket() + "/" + request.key()));
    return HeadObjectResponse.builder().metadata(object.metadata()).build();
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    before.run();
    synchronized (this) {
      Stored object = Objects.requireNonNull(objects.get(request.bucket() + "/" + request.key()));
      return new ResponseInputStream<>(
          GetObjectResponse.builder().metadata(object.metadata()).build(),
          new ByteArrayInputStream(object.content()));
    }
  }

  /** Three keys a page. */
  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    before.run();
    List<S3Object> contents = new ArrayList<>();
    Set<String> prefixes = new TreeSet<>();
    String after =
        Objects.requireNonNullElse(
            request.continuationToken(), Objects.requireNonNullElse(request.startAfter(), ""));
    for (String key : under(request.bucket()).keySet()) {
      if (!key.startsWith(request.prefix()) || key.compareTo(after) <= 0) {
        continue;
      }
      int slash = key.indexOf('/', request.prefix().length());
      if (Objects.equals(request.delimiter(), "/") && slash >= 0) {
        prefixes.add(key.substring(0, slash + 1));
      } else if (contents.size() == 3) {
        return page(contents, prefixes)
            .isTruncated(true)
            .nextContinuationToken(contents.get(2).key())
            .build();
      } else {
        contents.add(S3Object.builder().key(key).build());
      }
    }
    return page(contents, prefixes).isTruncated(false).build();
  }

  private static ListObjectsV2Response.Builder page(List<S3Object> contents, Set<String> prefixes) {
    return ListObjectsV2Response.builder()
        .contents(contents)
        .commonPrefixes(
            prefixes.stream()
                .map(prefix -> CommonPrefix.builder().prefix(prefix).build())
                .toList());
  }

  @Override
  public String serviceName() {
    return "s3";
  }

  @Override
  public void close() {}
}
