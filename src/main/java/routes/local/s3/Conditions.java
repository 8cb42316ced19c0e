package routes.local.s3;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Under what conditions a request is to be answered, in the terms of HTTP.
 *
 * @param match entity tags, one of which the object must have
 * @param noneMatch entity tags, none of which the object may have
 */
record Conditions(
    @Nullable String match,
    @Nullable String noneMatch,
    @Nullable Instant modifiedSince,
    @Nullable Instant unmodifiedSince) {

  static final Conditions NONE = new Conditions(null, null, null, null);

  private static final String ANY = "*";

  static Conditions of(S3Request request) {
    return of(request, "");
  }

  /** Those that a copy has on its source. */
  static Conditions onSource(S3Request request) {
    return of(request, "x-amz-copy-source-");
  }

  private static Conditions of(S3Request request, String prefix) {
    return new Conditions(
        request.header(prefix + "If-Match"),
        request.header(prefix + "If-None-Match"),
        time(request.header(prefix + "If-Modified-Since")),
        time(request.header(prefix + "If-Unmodified-Since")));
  }

  /**
   * Whether an object that is read is what the client has.
   *
   * @throws S3Exception when it must not be read
   */
  boolean isKnown(StoredObject object) {
    if (match != null
        ? !has(object, match)
        : unmodifiedSince != null && object.modified().isAfter(unmodifiedSince)) {
      throw S3Exception.preconditionFailed();
    }
    return noneMatch != null
        ? has(object, noneMatch)
        : modifiedSince != null && !object.modified().isAfter(modifiedSince);
  }

  /** Lets an object be copied from, or does not. */
  void admitSource(StoredObject object) {
    if (isKnown(object)) {
      throw S3Exception.preconditionFailed();
    }
  }

  /** Whether what is at a key matters to who changes it. */
  boolean concernChanges() {
    return match != null || noneMatch != null;
  }

  /**
   * Lets what is at a key be replaced, or does not.
   *
   * @param etag of what is there, if it has one
   */
  void admitChange(String key, boolean isThere, @Nullable String etag) {
    if (match != null && !isThere) {
      throw S3Exception.noKey(key);
    }
    if (match != null && !has(etag, match)) {
      throw S3Exception.preconditionFailed();
    }
    if (noneMatch != null && isThere && has(etag, noneMatch)) {
      throw S3Exception.preconditionFailed();
    }
  }

  private static boolean has(StoredObject object, String tags) {
    return has(object.etag(), tags);
  }

  private static boolean has(@Nullable String etag, String tags) {
    return Stream.of(tags.split(",", -1))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals(ANY) || tag.replace("\"", "").equals(etag));
  }

  private static @Nullable Instant time(@Nullable String httpDate) {
    return httpDate == null ? null : Reply.time(httpDate);
  }
}
