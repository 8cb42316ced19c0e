package routes.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** S3 that answers the next puts as told, and then as S3 does, put-if-absent included. */
final class ScriptedS3 implements S3Client {

  /** One call. */
  record Put(PutObjectRequest request, String content) {}

  private final Deque<Integer> failures = new ArrayDeque<>();
  private final Deque<Integer> looksAtBuckets = new ArrayDeque<>();
  private final List<Put> puts = new ArrayList<>();
  private final Map<String, Map<String, String>> objects = new HashMap<>();
  private final List<String> listed = new ArrayList<>();
  private Runnable lookedAt = () -> {};

  /** The next puts fail with these statuses. */
  synchronized void fail(Integer... statuses) {
    failures.addAll(List.of(statuses));
  }

  /** The next looks at a bucket fail with these statuses. */
  synchronized void hidesBuckets(Integer... statuses) {
    looksAtBuckets.addAll(List.of(statuses));
  }

  /** An object that another worker has put. */
  synchronized void holds(String key, Map<String, String> metadata) {
    objects.put(key, metadata);
  }

  /** An object that is there before anybody looks. */
  synchronized void lists(String key, Map<String, String> metadata) {
    objects.put(key, metadata);
    listed.add(key);
  }

  /** What happens once somebody has looked at the metadata of an object. */
  synchronized void whenLookedAt(Runnable event) {
    lookedAt = event;
  }

  synchronized void moveAway(String key) {
    objects.remove(key);
  }

  synchronized Map<String, String> metadata(String key) {
    return objects.getOrDefault(key, Map.of());
  }

  synchronized List<Put> puts() {
    return List.copyOf(puts);
  }

  @Override
  public synchronized PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    puts.add(new Put(request, text(body)));
    if (!failures.isEmpty()) {
      throw S3Exception.builder().statusCode(failures.remove()).message("as told").build();
    }
    if (objects.putIfAbsent(request.key(), request.metadata()) != null) {
      throw S3Exception.builder().statusCode(412).message("Precondition Failed").build();
    }
    return PutObjectResponse.builder().eTag("tag").build();
  }

  @Override
  public synchronized HeadObjectResponse headObject(HeadObjectRequest request) {
    HeadObjectResponse answer =
        HeadObjectResponse.builder().metadata(objects.get(request.key())).build();
    lookedAt.run();
    return answer;
  }

  /**
   * Another worker's object is one that appears after the look for what an earlier run has left.
   */
  @Override
  public synchronized ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    return ListObjectsV2Response.builder()
        .isTruncated(false)
        .contents(
            listed.stream()
                .filter(key -> key.startsWith(request.prefix()))
                .map(key -> S3Object.builder().key(key).lastModified(Instant.now()).build())
                .toList())
        .build();
  }

  @Override
  public ListObjectsV2Iterable listObjectsV2Paginator(ListObjectsV2Request request) {
    return new ListObjectsV2Iterable(this, request);
  }

  @Override
  public synchronized HeadBucketResponse headBucket(HeadBucketRequest request) {
    if (!looksAtBuckets.isEmpty()) {
      throw S3Exception.builder().statusCode(looksAtBuckets.remove()).message("as told").build();
    }
    return HeadBucketResponse.builder().build();
  }

  private static String text(RequestBody body) {
    try (var content = body.contentStreamProvider().newStream()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
