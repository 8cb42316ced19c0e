package routes.deadletter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** One bucket in memory, objects by {@code bucket/key}. */
final class FakeS3 implements S3Client {

  private final Map<String, byte[]> objects = new HashMap<>();
  private boolean away;

  Map<String, byte[]> objects() {
    return objects;
  }

  void goAway() {
    away = true;
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    if (away) {
      throw SdkClientException.create("connection refused");
    }
    try (var content = body.contentStreamProvider().newStream()) {
      byte[] bytes = content.readAllBytes();
      if (bytes.length != body.optionalContentLength().orElseThrow()) {
        throw new AssertionError("content length is not the number of bytes");
      }
      objects.put(request.bucket() + "/" + request.key(), bytes);
      return PutObjectResponse.builder().build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public <R> R getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, R> transformer) {
    byte[] bytes = objects.get(request.bucket() + "/" + request.key());
    if (bytes == null) {
      throw NoSuchKeyException.builder().message("no such key").build();
    }
    try {
      return transformer.transform(
          GetObjectResponse.builder().build(),
          AbortableInputStream.create(new ByteArrayInputStream(bytes)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
    objects.remove(request.bucket() + "/" + request.key());
    return DeleteObjectResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
