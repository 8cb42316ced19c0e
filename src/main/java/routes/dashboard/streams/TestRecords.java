package routes.dashboard.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import routes.http.HttpProblem;
import routes.http.api.Request;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;

/** Puts a record on a stream as it is, for trying out what becomes of it. */
@ThreadSafe
public final class TestRecords {

  /** What Kinesis takes as one record, its key included. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int MAX_KEY_CHARACTERS = 256;

  private final KinesisClient kinesis;

  public TestRecords(KinesisClient kinesis) {
    this.kinesis = kinesis;
  }

  /**
   * What to put.
   *
   * @param partitionKey null = a random one
   */
  record Put(@Nullable String data, @Nullable String partitionKey) {}

  /** Where it lies now. */
  record Placed(String shard, String sequenceNumber) {}

  /** Returns once Kinesis has it. */
  public Object put(Request request) {
    Put put = request.body(Put.class);
    byte[] data = put.data() == null ? new byte[0] : put.data().getBytes(UTF_8);
    String key =
        put.partitionKey() == null || put.partitionKey().isEmpty()
            ? UUID.randomUUID().toString()
            : put.partitionKey();
    if (data.length == 0 || data.length + key.getBytes(UTF_8).length > MAX_BYTES) {
      throw HttpProblem.badRequest(
          "data has %s bytes: must be from 1 to %s, the partition key included"
              .formatted(data.length, MAX_BYTES));
    }
    if (key.length() > MAX_KEY_CHARACTERS) {
      throw HttpProblem.badRequest(
          "partitionKey is longer than %s characters".formatted(MAX_KEY_CHARACTERS));
    }
    PutRecordResponse placed =
        kinesis.putRecord(
            r ->
                r.streamName(request.path("name"))
                    .partitionKey(key)
                    .data(SdkBytes.fromByteArray(data)));
    return new Placed(placed.shardId(), placed.sequenceNumber());
  }
}
