package routes.local.s3;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body that becomes a file, compared with what the client says of it. */
final class StoredBody implements Body {

  /** Finds the file its place. */
  interface Place {

    /**
     * Moves the file there.
     *
     * @param etag without quotes
     * @param checksums that it has besides, by the names of their headers
     */
    void take(Incoming file, String etag, Map<String, String> checksums) throws IOException;
  }

  /** What S3 takes at once. */
  static final long MAX_BYTES = 5L << 30;

  private final S3Request request;
  private final long maxBytes;
  private final Place place;
  private final Incoming file;
  private final List<BodyChecksum> checksums;
  private final @Nullable ChunkedBody chunks;

  /**
   * Opens the file, and refuses what is said to be too long.
   *
   * @param maxBytes more are refused
   */
  StoredBody(S3Request request, long maxBytes, Uploads uploads, Place place) throws IOException {
    this.request = request;
    this.maxBytes = maxBytes;
    this.place = place;
    checksums = BodyChecksum.of(request);
    if (request.header("Content-Length") == null && request.header("Transfer-Encoding") == null) {
      throw new S3Exception(411, "MissingContentLength", "The request must have a Content-Length.");
    }
    Long length = length();
    if (length != null) {
      requireRoom(length);
    }
    file = uploads.incoming(checksums);
    chunks = ChunkedBody.is(request) ? new ChunkedBody(this::write) : null;
  }

  @Override
  public void write(byte[] piece) throws IOException {
    if (chunks == null) {
      write(piece, 0, piece.length);
    } else {
      chunks.write(piece);
    }
  }

  private void write(byte[] bytes, int offset, int count) throws IOException {
    // A body may come without a length, or with more than it says.
    requireRoom(file.length() + count);
    file.write(bytes, offset, count);
  }

  private void requireRoom(long bytes) {
    if (bytes > maxBytes) {
      throw S3Exception.invalid(
          "EntityTooLarge",
          "At once there can be %s bytes at most; larger objects go in parts.".formatted(maxBytes));
    }
  }

  @Override
  public Reply answer() throws IOException {
    Map<String, String> trailers = chunks == null ? Map.of() : chunks.trailers();
    Long length = length();
    if (length != null && length != file.length()) {
      throw S3Exception.invalid(
          "IncompleteBody",
          "The body has %s bytes and not %s, as was announced.".formatted(file.length(), length));
    }
    byte[] md5 = file.md5();
    compare(md5);
    Map<String, String> headers = BodyChecksum.verified(checksums, trailers);
    place.take(file, Md5.hex(md5), headers);
    headers.put("ETag", StoredObject.quoted(Md5.hex(md5)));
    return Reply.empty(200, headers);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Of the data, as announced; null when it is not. */
  private @Nullable Long length() {
    String length =
        request.header(ChunkedBody.is(request) ? "x-amz-decoded-content-length" : "Content-Length");
    try {
      return length == null ? null : (Long) Long.parseLong(length);
    } catch (NumberFormatException e) {
      throw S3Exception.invalidArgument(
          "'%s' is no length of a body.".formatted(Xml.printable(length)));
    }
  }

  private void compare(byte[] md5) {
    String expected = request.header("Content-MD5");
    if (expected == null) {
      return;
    }
    byte[] announced;
    try {
      announced = Base64.getDecoder().decode(expected);
    } catch (IllegalArgumentException e) {
      announced = new byte[0];
    }
    if (announced.length != md5.length) {
      throw S3Exception.invalid(
          "InvalidDigest", "The Content-MD5 '%s' is none.".formatted(Xml.printable(expected)));
    }
    if (!Arrays.equals(announced, md5)) {
      throw S3Exception.invalid(
          "BadDigest",
          "The body does not have the Content-MD5 that was announced: it was changed on the way.");
    }
  }
}
