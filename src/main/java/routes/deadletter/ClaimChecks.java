package routes.deadletter;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.json.ByteSlice;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Keeps the bytes of dead letters that are too large for a message, under {@code
 * errors/year=/month=/day=/hour=/<id>} by the hour they were given up. Storing the same dead letter
 * again writes the same bytes to the same place.
 */
@ThreadSafe
public final class ClaimChecks {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimChecks.class);
  private static final Pattern KEY =
      Pattern.compile("errors/year=\\d{4}/month=\\d{2}/day=\\d{2}/hour=\\d{2}/[0-9a-f]{32}");
  private static final String TYPE = "application/octet-stream";
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
  Content.ClaimCheck store(String id, Instant at, Original original) {
    String key = PREFIX.format(at) + id;
    s3.putObject(
        request -> request.bucket(bucket).key(key).contentType(TYPE),
        RequestBody.fromContentProvider(() -> open(original), original.size(), TYPE));
    return new Content.ClaimCheck(bucket, key, original.size());
  }

  /**
   * The original bytes of a dead letter, fetched if it only points to them.
   *
   * @return empty when they are gone, or would lie where no dead letter is kept
   * @throws software.amazon.awssdk.core.exception.SdkException when S3 did not give them
   */
  public Optional<ByteSlice> bytesOf(DeadLetter letter) {
    if (letter.content() instanceof Original.InMemory held) {
      return Optional.of(held.bytes());
    }
    Content.ClaimCheck check = (Content.ClaimCheck) letter.content();
    if (!isOurs(check)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ByteSlice.of(
              s3.getObjectAsBytes(request -> request.bucket(bucket).key(check.key()))
                  .asByteArrayUnsafe()));
    } catch (NoSuchKeyException gone) {
      return Optional.empty();
    }
  }

  /**
   * Deletes the bytes that dead letters pointed to. To be called after their messages are deleted:
   * bytes without a message do no harm, a message without bytes is a record lost. What S3 does not
   * delete now stays there.
   */
  void delete(Collection<Content.ClaimCheck> checks) {
    for (Content.ClaimCheck check : checks) {
      if (isOurs(check)) {
        try {
          s3.deleteObject(request -> request.bucket(bucket).key(check.key()));
        } catch (SdkException failure) {
          LOG.warn(
              "s3://{}/{} belongs to no dead letter any more but stays",
              bucket,
              check.key(),
              failure);
        }
      }
    }
  }

  /** Whoever can write to the queue could name any object, to have it read or deleted. */
  private boolean isOurs(Content.ClaimCheck check) {
    return check.bucket().equals(bucket) && KEY.matcher(check.key()).matches();
  }

  private static InputStream open(Original original) {
    try {
      return original.open();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read again what cannot be delivered", e);
    }
  }
}
