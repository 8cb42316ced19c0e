package routes.dashboard.lake;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.cloud.ResourceSettings;
import routes.dashboard.web.Page;
import routes.dashboard.web.Request;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Which buckets and objects there are. Thread-safe. */
public final class BucketCatalog {

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
   */
  record Listing(List<String> folders, List<ObjectEntry> items, @Nullable String next) {}

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
    boolean flat = request.text("delimiter").filter("none"::equals).isPresent();
    ListObjectsV2Response found =
        s3.listObjectsV2(
            list ->
                list.bucket(request.path("name"))
                    .prefix(request.text("prefix").orElse(null))
                    .delimiter(flat ? null : "/")
                    .maxKeys(limit)
                    .continuationToken(request.page().orElse(null)));
    return new Listing(
        found.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
        found.contents().stream().map(BucketCatalog::entry).toList(),
        found.isTruncated() ? found.nextContinuationToken() : null);
  }

  private static ObjectEntry entry(S3Object object) {
    return new ObjectEntry(object.key(), object.size(), object.lastModified());
  }

  private String use(Bucket bucket) {
    if (bucket.name().equals(resources.state())) {
      return "state";
    }
    return resources.signals().places().stream()
        .filter(place -> place.bucket().equals(bucket.name()))
        .map(place -> place.signal().word())
        .findAny()
        .orElse("other");
  }
}
