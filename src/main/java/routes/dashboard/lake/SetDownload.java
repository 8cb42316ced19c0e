package routes.dashboard.lake;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import routes.format.StoredObject;
import routes.http.HttpProblem;
import routes.http.api.Content;
import routes.http.api.Request;
import software.amazon.awssdk.services.s3.S3Client;

/** Gives out the objects of a service and a stretch of time together. */
@ThreadSafe
public final class SetDownload {

  private static final int MAX_OBJECTS = 10_000;
  private static final long MAX_BYTES = 4L << 30;

  private final S3Client s3;
  private final LakeListing lake;
  private final Duration maxFuture;
  private final InstantSource clock;

  /**
   * A view of lakes.
   *
   * @param maxFuture how far ahead records may be
   */
  public SetDownload(S3Client s3, LakeListing lake, Duration maxFuture, InstantSource clock) {
    this.s3 = s3;
    this.lake = lake;
    this.maxFuture = maxFuture;
    this.clock = clock;
  }

  /** How the objects are put together. */
  enum As {
    /** An archive of the objects as they are, under their keys. */
    ZIP("application/zip", "zip"),
    /** Their lines, unpacked, one object after the other. */
    LINES("application/x-ndjson", "jsonl");

    private final String type;
    private final String suffix;

    As(String type, String suffix) {
      this.type = type;
      this.suffix = suffix;
    }
  }

  /** The objects of {@code service} from {@code from} to {@code to}. */
  public Object download(Request request) {
    String bucket = request.path("name");
    String service = lake.services(bucket, Optional.of(request.required("service"))).get(0);
    HourRange hours =
        HourRange.of(
            request.instant("from"), request.instant("to"), clock.instant().plus(maxFuture));
    List<String> keys = keys(bucket, service, hours);
    return new Set(bucket, service, keys, request.oneOf("as", As.class).orElse(As.ZIP));
  }

  private List<String> keys(String bucket, String service, HourRange hours) {
    List<String> keys = new ArrayList<>();
    long[] bytes = {0};
    boolean all =
        lake.visit(
            bucket,
            service,
            hours,
            null,
            object -> {
              keys.add(object.key());
              bytes[0] += object.bytes();
              return keys.size() <= MAX_OBJECTS && bytes[0] <= MAX_BYTES;
            });
    if (!all) {
      throw HttpProblem.badRequest(
          "More than %s objects or %s GiB: choose a shorter time"
              .formatted(MAX_OBJECTS, MAX_BYTES >> 30));
    }
    if (keys.isEmpty()) {
      throw HttpProblem.missing("The service has no objects in that time");
    }
    return keys;
  }

  private final class Set implements Content {

    private final String bucket;
    private final String service;
    private final List<String> keys;
    private final As as;

    Set(String bucket, String service, List<String> keys, As as) {
      this.bucket = bucket;
      this.service = service;
      this.keys = keys;
      this.as = as;
    }

    @Override
    public String type() {
      return as.type;
    }

    @Override
    public Optional<String> fileName() {
      return Optional.of(service.replaceAll("[^A-Za-z0-9._-]", "_") + "." + as.suffix);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      if (as == As.LINES) {
        for (String key : keys) {
          try (InputStream stored = open(key);
              StoredObject.Unpacked content = StoredObject.unpack(stored)) {
            content.in().transferTo(out);
          }
        }
        return;
      }
      ZipOutputStream zip = new ZipOutputStream(out);
      for (String key : keys) {
        zip.putNextEntry(new ZipEntry(key));
        try (InputStream stored = open(key)) {
          stored.transferTo(zip);
        }
      }
      zip.finish();
    }

    private InputStream open(String key) {
      return s3.getObject(get -> get.bucket(bucket).key(key));
    }
  }
}
