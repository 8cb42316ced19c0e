package routes.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.SdkResponses;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One page of a bucket's keys, collected directory by directory in the order of the keys.
 *
 * <p>A page costs the directories it shows. Left to itself, S3Proxy reads the whole bucket for each
 * page, so that listing a bucket takes the square of its size.
 */
final class Listing {

  private record Entry(String name, @Nullable S3Object object) {}

  private final BlobStore store;
  private final ListObjectsV2Request request;
  private final Predicate<String> hidden;
  private final boolean flat;
  private final String after;
  private final int limit;
  private final List<Entry> page = new ArrayList<>();
  private boolean truncated;

  /**
   * @param hidden tells which keys are no objects
   */
  Listing(BlobStore store, ListObjectsV2Request request, Predicate<String> hidden) {
    this.store = store;
    this.request = request;
    this.hidden = hidden;
    flat = request.delimiter() == null || request.delimiter().isEmpty();
    String start = Objects.requireNonNullElse(request.startAfter(), "");
    after = Objects.requireNonNullElse(request.continuationToken(), start);
    limit = Objects.requireNonNullElse(request.maxKeys(), Integer.MAX_VALUE);
  }

  ListObjectsV2Response read() {
    visit(Objects.requireNonNullElse(request.prefix(), ""));
    return SdkResponses.objectsPage(
        page.stream().map(Entry::object).filter(Objects::nonNull).toList(),
        page.stream()
            .filter(entry -> entry.object() == null)
            .map(entry -> CommonPrefix.builder().prefix(entry.name()).build())
            .toList(),
        truncated && limit > 0 ? page.get(limit - 1).name() : null);
  }

  private void visit(String prefix) {
    for (Entry entry : directory(prefix)) {
      if (truncated) {
        return;
      }
      if (flat && entry.object() == null) {
        visitIfNotBefore(entry.name());
      } else if (entry.name().compareTo(after) > 0) {
        add(entry);
      }
    }
  }

  private void visitIfNotBefore(String directory) {
    if (after.startsWith(directory) || directory.compareTo(after) > 0) {
      visit(directory);
    }
  }

  private void add(Entry entry) {
    if (page.size() == limit) {
      truncated = true;
    } else {
      page.add(entry);
    }
  }

  private List<Entry> directory(String prefix) {
    ListObjectsV2Response content =
        store.list(
            ListObjectsV2Request.builder()
                .bucket(request.bucket())
                .prefix(prefix)
                .delimiter(flat ? "/" : request.delimiter())
                .build());
    return Stream.concat(
            content.contents().stream()
                .filter(object -> !hidden.test(object.key()))
                .map(object -> new Entry(object.key(), object)),
            content.commonPrefixes().stream().map(common -> new Entry(common.prefix(), null)))
        .sorted(Comparator.comparing(Entry::name))
        .toList();
  }
}
