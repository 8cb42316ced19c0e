package routes.dashboard.lake;

import java.util.List;
import routes.record.LogRecord;

/** What is on the streams and not in the lake yet. */
@FunctionalInterface
public interface Undelivered {

  /**
   * Some records of a stream.
   *
   * @param complete whether it is all that is not delivered
   */
  record Waiting(List<LogRecord> records, boolean complete) {}

  /**
   * What is not delivered to a bucket, and perhaps some of what is.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when the stream cannot be read
   */
  Waiting to(String bucket);
}
