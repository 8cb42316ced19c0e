package routes.dashboard.lake;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import routes.http.api.Content;
import routes.http.api.Request;
import routes.record.RecordParser;
import routes.record.RecordSettings;
import software.amazon.awssdk.services.s3.S3Client;

/** Searches the lake's records, the newest first. */
@ThreadSafe
public final class LogSearch implements AutoCloseable {

  private static final int READERS = 6;

  /** Of the heap, for what is known of objects; at 256 MB that is some 10,000 of a minute. */
  private static final int SHARE_OF_HEAP = 32;

  private final S3Client s3;
  private final LakeListing lake;
  private final RecordParser parser;
  private final String bucket;
  private final RecordSettings records;
  private final Undelivered undelivered;
  private final InstantSource clock;
  private final RecentLists recent = new RecentLists();
  private final KnownIds known = new KnownIds(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  private final ExecutorService readers;

  /**
   * A search of the lake, and of other buckets laid out as it is.
   *
   * @param bucket the lake's
   * @param undelivered what is found before it is in the lake
   */
  public LogSearch(
      S3Client s3,
      LakeListing lake,
      RecordParser parser,
      String bucket,
      RecordSettings records,
      Undelivered undelivered,
      InstantSource clock) {
    this.s3 = s3;
    this.lake = lake;
    this.parser = parser;
    this.bucket = bucket;
    this.records = records;
    this.undelivered = undelivered;
    this.clock = clock;
    // Few, so that the pipeline has the rest; several, as S3 takes its time for each object.
    this.readers =
        Executors.newFixedThreadPool(
            READERS,
            new ThreadFactoryBuilder()
                .setNameFormat("dashboard-search-%d")
                .setDaemon(true)
                .build());
  }

  /** Answers with lines of JSON, as they are found; the client stops it by closing. */
  public Object search(Request request) {
    SearchQuery query = SearchQuery.of(request, bucket, records, clock.instant());
    List<String> services =
        lake.services(query.bucket(), query.service()).stream()
            .filter(query.query()::mayAccept)
            .toList();
    return new Content() {
      @Override
      public String type() {
        return "application/x-ndjson";
      }

      @Override
      public void writeTo(OutputStream out) {
        Overlap overlap = new Overlap();
        ObjectScan scan = new ObjectScan(s3, parser, query, known, overlap);
        new SearchRun(lake, recent, scan, readers, query, services, out)
            .run(new StreamScan(undelivered, query, overlap));
      }
    };
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }
}
