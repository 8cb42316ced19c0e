package routes.cloud;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Whether S3, or what stands in for it, honours {@code If-None-Match}: without that, two workers
 * overwrite each other's objects. Asks by putting one object twice.
 */
@ThreadSafe
public final class ConditionalPuts {

  /** Under the checkpoints, so that it takes no permission of its own. Readers never see it. */
  private static final String KEY = "checkpoints/put-if-absent";

  private static final int PRECONDITION_FAILED = 412;
  private static final Duration VALID = Duration.ofMinutes(10);
  private static final Duration REFUSAL_VALID = Duration.ofSeconds(5);

  private final S3Client s3;
  private final String bucket;
  private final boolean required;
  private final InstantSource clock;

  @GuardedBy("this")
  private @Nullable Instant asked;

  @GuardedBy("this")
  private boolean honoured;

  /**
   * @param bucket where the app may put objects of its own
   * @param required whether anything depends on the answer
   * @param clock one that nobody sets
   */
  public ConditionalPuts(S3Client s3, String bucket, boolean required, InstantSource clock) {
    this.s3 = s3;
    this.bucket = bucket;
    this.required = required;
    this.clock = clock;
  }

  /**
   * Returns when they are honoured, as far as that was asked within the last ten minutes.
   *
   * @throws CloudException when they are not
   */
  public synchronized void require() {
    if (!required) {
      return;
    }
    Instant now = clock.instant();
    if (asked == null || asked.plus(honoured ? VALID : REFUSAL_VALID).isBefore(now)) {
      boolean wasThere = !isPut();
      honoured = wasThere || !isPut();
      asked = now;
    }
    if (!honoured) {
      throw new CloudException(
          "S3 ignores If-None-Match: s3://%s/%s was put twice. Two workers would overwrite each other's objects, so nothing is delivered: use a store that honours conditional puts, or set ACCEPT_UNCONDITIONAL_PUTS=true where one worker alone ever delivers"
              .formatted(bucket, KEY));
    }
  }

  /** Puts it if it is not there, and answers whether it was put. */
  private boolean isPut() {
    try {
      s3.putObject(
          put -> put.bucket(bucket).key(KEY).contentType("text/plain").ifNoneMatch("*"),
          RequestBody.fromString("Tells whether this store honours If-None-Match.\n"));
      return true;
    } catch (S3Exception answer) {
      if (answer.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw answer;
    }
  }
}
