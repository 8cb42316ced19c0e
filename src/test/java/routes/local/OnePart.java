package routes.local;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An upload in parts, of which it has one.
 *
 * @param upload its id
 * @param tag the part's ETag
 */
record OnePart(String upload, String tag) {

  static OnePart begin(S3Client s3, String bucket, String key, String content) {
    String upload = s3.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
    String tag =
        s3.uploadPart(
                r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromString(content))
            .eTag();
    return new OnePart(upload, tag);
  }

  /** Begins and completes one, and answers its id. */
  static String put(S3Client s3, String bucket, String key, String content) {
    OnePart begun = begin(s3, bucket, key, content);
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(begun.tag()).build();
    s3.completeMultipartUpload(
        r ->
            r.bucket(bucket)
                .key(key)
                .uploadId(begun.upload())
                .multipartUpload(parts -> parts.parts(part)));
    return begun.upload();
  }
}
