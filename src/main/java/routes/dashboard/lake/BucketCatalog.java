package routes.dashboard.lake;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.cloud.ResourceSettings;
import routes.http.HttpProblem;
import routes.http.api.Page;
import routes.http.api.Request;
import routes.signal.Layer;
import routes.signal.Signals;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Which buckets and objects there are. */
@ThreadSafe
public final class BucketCatalog {

  /** What is put in order at once: a hundred calls of S3, and a few megabytes. */
  private static final int MAX_ORDERED = 50_000;

  private final S3Client s3;
  private final ResourceSettings resources;

  public BucketCatalog(S3Client s3, ResourceSettings resources) {
    this.s3 = s3;
    this.resources = resources;
  }

  /**
   * A bucket.
   *
   * @param use the word of the signal that is delivered there, {@code state} or {@code other}
   */
  record BucketView(String name, @Nullable Instant created, String use) {}

  /** An object, without what is in it. */
  record ObjectEntry(String key, long bytes, Instant modified) {}

  /**
   * What lies below a prefix.
   *
   * @param folders prefixes that end with a slash
   * @param complete whether all was looked at; false where too many would have to be put in order
   */
  record Listing(
      List<String> folders, List<ObjectEntry> items, boolean complete, @Nullable String next) {}

  /** In which order objects come. */
  enum Order {
    /** As S3 has them, by their keys. */
    KEY,
    NEWEST,
    LARGEST;

    private Comparator<ObjectEntry> comparator() {
      return switch (this) {
        case KEY -> Comparator.comparing(ObjectEntry::key);
        case NEWEST -> Comparator.comparing(ObjectEntry::modified).reversed();
        case LARGEST -> Comparator.comparing(ObjectEntry::bytes).reversed();
      };
    }
  }

  /** All buckets this account may list, by name. */
  public Object buckets(Request request) {
    List<BucketView> buckets =
        s3.listBuckets().buckets().stream()
            .map(bucket -> new BucketView(bucket.name(), bucket.creationDate(), use(bucket)))
            .limit(request.limit(1000, 1000))
            .toList();
    return new Page<>(buckets, null);
  }

  /** A page of a bucket's keys, by folder unless {@code delimiter} is {@code none}. */
  public Object objects(Request request) {
    int limit = request.limit(100, 1000);
    Order order = request.oneOf("order", Order.class).orElse(Order.KEY);
    Optional<String> part = request.text("contains").map(text -> text.toLowerCase(Locale.ROOT));
    if (order != Order.KEY || part.isPresent()) {
      return inOrder(request, order, part.orElse(""), limit);
    }
    ListObjectsV2Response found =
        s3.listObjectsV2(
            list(request).maxKeys(limit).continuationToken(request.page().orElse(null)).build());
    return new Listing(
        found.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
        found.contents().stream().map(BucketCatalog::entry).toList(),
        true,
        found.isTruncated() ? found.nextContinuationToken() : null);
  }

  /** S3 knows one order only, so all are read for another, and for a part of their names. */
  private Listing inOrder(Request request, Order order, String part, int limit) {
    int skip = skip(request);
    int prefix = request.text("prefix").orElse("").length();
    List<String> folders = new ArrayList<>();
    List<ObjectEntry> items = new ArrayList<>();
    boolean complete = true;
    for (ListObjectsV2Response page : s3.listObjectsV2Paginator(list(request).build())) {
      if (items.size() + folders.size() > MAX_ORDERED) {
        complete = false;
        break;
      }
      page.commonPrefixes().stream()
          .map(CommonPrefix::prefix)
          .filter(name -> isIn(name, prefix, part))
          .forEach(folders::add);
      page.contents().stream()
          .filter(object -> isIn(object.key(), prefix, part))
          .map(BucketCatalog::entry)
          .forEach(items::add);
    }
    items.sort(order.comparator());
    int end = Math.min(items.size(), skip + limit);
    return new Listing(
        skip == 0 ? folders : List.of(),
        items.subList(Math.min(skip, end), end),
        complete,
        end < items.size() ? Integer.toString(end) : null);
  }

  private static boolean isIn(String key, int prefix, String part) {
    return key.substring(prefix).toLowerCase(Locale.ROOT).contains(part);
  }

  private static int skip(Request request) {
    try {
      return request.page().map(Integer::parseUnsignedInt).orElse(0);
    } catch (NumberFormatException broken) {
      throw HttpProblem.badRequest("page is not what an answer gave as next");
    }
  }

  private static ListObjectsV2Request.Builder list(Request request) {
    boolean flat = request.text("delimiter").filter("none"::equals).isPresent();
    return ListObjectsV2Request.builder()
        .bucket(request.path("name"))
        .prefix(request.text("prefix").orElse(null))
        .delimiter(flat ? null : "/");
  }

  private static ObjectEntry entry(S3Object object) {
    return new ObjectEntry(object.key(), object.size(), object.lastModified());
  }

  private String use(Bucket bucket) {
    if (bucket.name().equals(resources.state())) {
      return "state";
    }
    for (Layer layer : resources.layers()) {
      for (Signals.Place place : resources.signals(layer).places()) {
        if (place.bucket().equals(bucket.name())) {
          return layer.prefixed(place.signal().word());
        }
      }
    }
    return "other";
  }
}
