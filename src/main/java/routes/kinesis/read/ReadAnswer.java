package routes.kinesis.read;

import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.cbor.CborReader;
import routes.cloud.RawAnswer;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;

/**
 * What one call of GetRecords brought.
 *
 * @param next the iterator to read on with; null = the shard is closed and read to its end
 */
record ReadAnswer(List<KinesisRecord> records, @Nullable String next, long behindMillis) {

  /**
   * Asks Kinesis. The records are taken from the answer where they lie, unless it is the SDK that
   * has read it.
   */
  static ReadAnswer of(KinesisClient kinesis, GetRecordsRequest request) {
    RawAnswer raw = new RawAnswer();
    GetRecordsResponse answer =
        kinesis.getRecords(request.toBuilder().overrideConfiguration(raw.configuration()).build());
    byte[] body = raw.body();
    try {
      return body == null ? of(answer) : CborAnswer.read(body);
    } catch (CborReader.MalformedException odd) {
      throw new IllegalStateException(
          "What Kinesis answered to GetRecords is not understood: %s. With KINESIS_READ_IN_PLACE=false the AWS SDK reads it"
              .formatted(odd.getMessage()),
          odd);
    }
  }

  /** As the SDK has read it. */
  static ReadAnswer of(GetRecordsResponse answer) {
    Long behind = answer.millisBehindLatest();
    return new ReadAnswer(
        answer.records().stream().map(KinesisRecord::of).toList(),
        answer.nextShardIterator(),
        behind == null ? 0 : behind);
  }
}
