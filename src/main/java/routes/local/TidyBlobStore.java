package routes.local;

import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A blob store whose listings show objects only, not the uploads in progress beside them. */
final class TidyBlobStore extends ForwardingBlobStore {

  private final UploadNames names;

  TidyBlobStore(BlobStore delegate, UploadNames names) {
    super(delegate);
    this.names = names;
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response page = super.list(request);
    var objects =
        page.contents().stream().filter(o -> !names.isUpload(request.bucket(), o.key())).toList();
    String next = page.nextContinuationToken();
    if (objects.isEmpty() && page.commonPrefixes().isEmpty() && next != null) {
      // Clients take an empty page for the end.
      return list(request.toBuilder().continuationToken(next).build());
    }
    return page.toBuilder().contents(objects).build();
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    names.claim(request.bucket(), request.key());
    return super.putBlob(request, payload);
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    names.claim(request.destinationBucket(), request.destinationKey());
    return super.copyBlob(request);
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    names.claim(upload.containerName(), upload.blobName());
    return super.completeMultipartUpload(upload, request);
  }
}
