package routes.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of immutable objects that knows just what delivery asks of one. */
final class InMemoryLake implements S3Client {

  private record StoredObject(Map<String, String> metadata, String content) {}

  private final Map<String, StoredObject> objects = new HashMap<>();

  boolean putIfAbsent(String key, Map<String, String> metadata, byte[] content) {
    return objects.putIfAbsent(key, new StoredObject(metadata, text(content))) == null;
  }

  void put(String key, Map<String, String> metadata, byte[] content) {
    objects.put(key, new StoredObject(metadata, text(content)));
  }

  List<String> linesUnder(String prefix) {
    return objects.entrySet().stream()
        .filter(object -> object.getKey().startsWith(prefix))
        .flatMap(object -> object.getValue().content().lines())
        .toList();
  }

  Set<String> keys() {
    return objects.keySet();
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public HeadObjectResponse headObject(Consumer<HeadObjectRequest.Builder> request) {
    HeadObjectRequest head = HeadObjectRequest.builder().applyMutation(request).build();
    StoredObject object = objects.get(head.key());
    return HeadObjectResponse.builder()
        .metadata(object.metadata())
        .contentLength((long) object.content().getBytes(StandardCharsets.UTF_8).length)
        .build();
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    List<S3Object> contents =
        objects.keySet().stream()
            .filter(key -> key.startsWith(request.prefix()))
            .map(key -> S3Object.builder().key(key).lastModified(Instant.MAX).build())
            .toList();
    return ListObjectsV2Response.builder().contents(contents).isTruncated(false).build();
  }

  @Override
  public String serviceName() {
    return "s3";
  }

  @Override
  public void close() {}
}
