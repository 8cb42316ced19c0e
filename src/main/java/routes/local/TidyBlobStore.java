package routes.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Makes S3Proxy's files behave as S3: listings show objects only, not the uploads in progress
 * beside them, and what cannot be stored is refused.
 */
final class TidyBlobStore extends ForwardingBlobStore {

  /** In bytes, as on all common file systems. */
  private static final int LONGEST_FILE_NAME = 255;

  /** What an extended attribute takes beside the key and the value: a header and a prefix. */
  private static final int ATTRIBUTE_OVERHEAD = 64;

  private final UploadNames names;

  TidyBlobStore(BlobStore delegate, UploadNames names) {
    super(delegate);
    this.names = names;
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    return new Listing(delegate(), request, key -> names.isUpload(request.bucket(), key)).read();
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    try {
      admit(request.bucket(), request.key());
      admitMetadata(request);
      return super.putBlob(
          request.toBuilder().contentType(FormType.restored(request.contentType())).build(),
          payload);
    } catch (RuntimeException e) {
      drain(payload, e);
      throw e;
    }
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    admit(request.destinationBucket(), request.destinationKey());
    return super.copyBlob(
        request.toBuilder().contentType(FormType.restored(request.contentType())).build());
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    return super.initiateMultipartUpload(
        request.toBuilder().contentType(FormType.restored(request.contentType())).build());
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    admit(upload.containerName(), upload.blobName());
    return super.completeMultipartUpload(upload, request);
  }

  private void admit(String bucket, String key) {
    int room = LONGEST_FILE_NAME - UploadNames.SUFFIX_LENGTH;
    for (Path part : Path.of(key)) {
      if (part.toString().getBytes(StandardCharsets.UTF_8).length > room) {
        throw S3Errors.keyTooLong(part.toString(), room);
      }
    }
    names.claim(bucket, key);
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
