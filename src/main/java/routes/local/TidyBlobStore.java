package routes.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Makes S3Proxy's files behave as S3: listings show objects only, not the uploads in progress
 * beside them, and what cannot be stored is refused.
 */
final class TidyBlobStore extends ForwardingBlobStore {

  /** What an extended attribute takes beside the key and the value: a header and a prefix. */
  private static final int ATTRIBUTE_OVERHEAD = 64;

  private final ObjectKeys keys;
  private final UploadNames names;

  TidyBlobStore(BlobStore delegate, ObjectKeys keys, UploadNames names) {
    super(delegate);
    this.keys = keys;
    this.names = names;
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    return new Listing(delegate(), request, key -> names.isUpload(request.bucket(), key)).read();
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    String bucket = request.bucket();
    String key = request.key();
    try {
      admit(bucket, key);
      admitMetadata(request);
      if (key.endsWith("/") && payload.read() != -1) {
        throw S3Errors.noFile(key, "a folder holds no data");
      }
      return super.putBlob(
          request.toBuilder().contentType(FormType.restored(request.contentType())).build(),
          payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      drain(payload, e);
      // Another object may have come between.
      refuseConflict(bucket, key);
      throw e;
    }
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    String key = request.destinationKey();
    requireOwn(request.sourceBucket(), request.sourceKey());
    admit(request.destinationBucket(), key);
    if (key.endsWith("/") && !request.sourceKey().endsWith("/")) {
      throw S3Errors.noFile(key, "a folder holds no data");
    }
    return super.copyBlob(
        request.toBuilder().contentType(FormType.restored(request.contentType())).build());
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    refuseConflict(request.bucket(), request.key());
    if (request.key().endsWith("/")) {
      throw S3Errors.noFile(request.key(), "a folder holds no data");
    }
    return super.initiateMultipartUpload(
        request.toBuilder().contentType(FormType.restored(request.contentType())).build());
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    admit(upload.containerName(), upload.blobName());
    return super.completeMultipartUpload(upload, request);
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    requireOwn(request.bucket(), request.key());
    return super.getBlob(request);
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    requireOwn(request.bucket(), request.key());
    return super.blobMetadata(request);
  }

  @Override
  public boolean blobExists(String bucket, String key) {
    return keys.isOwn(bucket, key) && super.blobExists(bucket, key);
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return keys.isOwn(request.bucket(), request.key())
        ? super.removeBlob(request)
        : DeleteObjectResponse.builder().build();
  }

  private void admit(String bucket, String key) {
    refuseConflict(bucket, key);
    names.claim(bucket, key);
  }

  private void refuseConflict(String bucket, String key) {
    keys.objection(bucket, key)
        .ifPresent(
            reason -> {
              throw S3Errors.noFile(key, reason);
            });
  }

  /** What lies where the key points to may be another key's. */
  private void requireOwn(String bucket, String key) {
    if (delegate().containerExists(bucket) && !keys.isOwn(bucket, key)) {
      throw S3Exceptions.noSuchKey(bucket, key, "The specified key does not exist.");
    }
  }

  /**
   * Asked before the object is there, for S3Proxy does not mention what the file system had no room
   * for, and an object once seen must not be taken away again.
   */
  private static void admitMetadata(PutObjectRequest request) {
    int size = 0;
    for (Map.Entry<String, String> entry : request.metadata().entrySet()) {
      size += entry.getKey().length() + utf8Length(entry.getValue()) + ATTRIBUTE_OVERHEAD;
    }
    if (size > FileSystemProbe.METADATA_BYTES) {
      throw S3Errors.metadataTooLarge(request.key());
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A connection that is closed with a body half read loses the answer. */
  private static void drain(InputStream payload, RuntimeException reason) {
    try {
      payload.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
