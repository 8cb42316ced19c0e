package routes.kinesis.publish;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisServiceClientConfiguration;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * A Kinesis client that gathers the small records of a request in KPL-aggregated ones, and answers
 * for each record that was given to it. Only records of the same key are gathered, in the order
 * given, so that all of a gathered record belongs to the shard it goes to, whatever becomes of the
 * shards. Operations other than {@code PutRecords} are not supported.
 */
@ThreadSafe
public final class AggregatingKinesisClient implements KinesisClient {

  private final KinesisClient kinesis;

  /**
   * @param kinesis sends the gathered records; closed with this client
   */
  public AggregatingKinesisClient(KinesisClient kinesis) {
    this.kinesis = kinesis;
  }

  @Override
  public PutRecordsResponse putRecords(PutRecordsRequest request) {
    List<Aggregate> aggregates = gather(request.records());
    List<PutRecordsResultEntry> answers =
        kinesis
            .putRecords(
                request.toBuilder()
                    .records(aggregates.stream().map(Aggregate::entry).toList())
                    .build())
            .records();
    if (answers.size() != aggregates.size()) {
      throw SdkClientException.create(
          "PutRecords answered for %s of %s gathered records"
              .formatted(answers.size(), aggregates.size()));
    }
    PutRecordsResultEntry[] each = new PutRecordsResultEntry[request.records().size()];
    for (int i = 0; i < answers.size(); i++) {
      for (int index : aggregates.get(i).indexes()) {
        each[index] = answers.get(i);
      }
    }
    return PutRecordsResponse.builder()
        .records(each)
        .failedRecordCount((int) Stream.of(each).filter(one -> one.errorCode() != null).count())
        .build();
  }

  @Override
  public String serviceName() {
    return kinesis.serviceName();
  }

  @Override
  public KinesisServiceClientConfiguration serviceClientConfiguration() {
    return kinesis.serviceClientConfiguration();
  }

  @Override
  public void close() {
    kinesis.close();
  }

  private static List<Aggregate> gather(List<PutRecordsRequestEntry> entries) {
    List<Aggregate> aggregates = new ArrayList<>();
    Map<Aggregate.Key, Aggregate> open = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      PutRecordsRequestEntry entry = entries.get(i);
      Aggregate.Key key = Aggregate.Key.of(entry);
      Aggregate aggregate = open.get(key);
      if (aggregate != null && aggregate.hasRoomFor(entry)) {
        aggregate.add(i, entry);
      } else {
        Aggregate next = new Aggregate(i, entry);
        aggregates.add(next);
        open.put(key, next);
      }
    }
    return aggregates;
  }
}
