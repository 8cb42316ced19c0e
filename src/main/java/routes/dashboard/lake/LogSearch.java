package routes.dashboard.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import routes.dashboard.web.Content;
import routes.dashboard.web.Request;
import routes.record.RecordParser;
import software.amazon.awssdk.services.s3.S3Client;

/** Searches the lake's records, the newest first. Thread-safe. */
public final class LogSearch {

  private final S3Client s3;
  private final LakeListing lake;
  private final RecordParser parser;
  private final String bucket;
  private final Duration maxFuture;
  private final InstantSource clock;

  /**
   * A search of a lake.
   *
   * @param bucket the lake that is searched unless another is named
   * @param maxFuture how far ahead records may be
   */
  public LogSearch(
      S3Client s3,
      LakeListing lake,
      RecordParser parser,
      String bucket,
      Duration maxFuture,
      InstantSource clock) {
    this.s3 = s3;
    this.lake = lake;
    this.parser = parser;
    this.bucket = bucket;
    this.maxFuture = maxFuture;
    this.clock = clock;
  }

  /** Answers with lines of JSON, as they are found; the client stops it by closing. */
  public Object search(Request request) {
    SearchQuery query = SearchQuery.of(request, bucket, clock.instant().plus(maxFuture));
    List<String> services = lake.services(query.bucket(), query.service());
    return new Content() {
      @Override
      public String type() {
        return "application/x-ndjson";
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        new SearchRun(s3, lake, parser, query, services, new SearchOutput(out)).run();
      }
    };
  }
}
