package routes.deadletter;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import routes.record.ByteSlice;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Keeps the bytes of dead letters that are too large for a message, under {@code
 * errors/year=/month=/day=/hour=/<id>} by the hour they were given up. Storing the same dead letter
 * again writes the same bytes to the same place. Thread-safe.
 */
public final class ClaimChecks {

  private static final DateTimeFormatter PREFIX =
      DateTimeFormatter.ofPattern(
              "'errors/year='uuuu'/month='MM'/day='dd'/hour='HH'/'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final S3Client s3;
  private final String bucket;

  public ClaimChecks(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /**
   * Stores bytes; they are there when this returns.
   *
   * @param id of the dead letter
   * @param at when it was given up
   * @throws software.amazon.awssdk.core.exception.SdkException when S3 did not take them; to be
   *     tried again
   */
  Content.ClaimCheck store(String id, Instant at, ByteSlice bytes) {
    String key = PREFIX.format(at) + id;
    s3.putObject(
        request -> request.bucket(bucket).key(key).contentType("application/octet-stream"),
        RequestBody.fromContentProvider(
            () -> new ByteArrayInputStream(bytes.array(), bytes.offset(), bytes.length()),
            bytes.length(),
            "application/octet-stream"));
    return new Content.ClaimCheck(bucket, key, bytes.length());
  }

  /**
   * The original bytes of a dead letter, fetched if it only points to them.
   *
   * @throws software.amazon.awssdk.services.s3.model.NoSuchKeyException when they are gone
   * @throws software.amazon.awssdk.core.exception.SdkException when S3 did not give them
   */
  public ByteSlice bytesOf(DeadLetter letter) {
    if (letter.content() instanceof Content.Inline inline) {
      return inline.bytes();
    }
    Content.ClaimCheck check = (Content.ClaimCheck) letter.content();
    return ByteSlice.of(
        s3.getObjectAsBytes(request -> request.bucket(check.bucket()).key(check.key()))
            .asByteArrayUnsafe());
  }
}
