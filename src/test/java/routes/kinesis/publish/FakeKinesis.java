package routes.kinesis.publish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Kinesis in memory: takes everything, unless it is told what to answer next. */
final class FakeKinesis implements KinesisClient {

  interface Answer extends Function<PutRecordsRequest, PutRecordsResponse> {}

  private final Deque<Answer> script = new ArrayDeque<>();
  private final List<PutRecordsRequest> requests = new ArrayList<>();
  private Answer otherwise = this::accept;
  private boolean closed;

  /** Answers the next request like this; several are answered in the order given. */
  synchronized FakeKinesis next(Answer answer) {
    script.add(answer);
    return this;
  }

  /** Answers every request like this once the script is over. */
  synchronized FakeKinesis otherwise(Answer answer) {
    otherwise = answer;
    return this;
  }

  @Override
  public PutRecordsResponse putRecords(PutRecordsRequest request) {
    Answer answer;
    synchronized (this) {
      requests.add(request);
      answer = script.isEmpty() ? otherwise : script.remove();
    }
    return answer.apply(request);
  }

  @Override
  public PutRecordResponse putRecord(PutRecordRequest request) {
    return PutRecordResponse.builder().sequenceNumber("single").shardId("passed-on").build();
  }

  /** Acknowledges all records; the sequence number is the record's text. */
  PutRecordsResponse accept(PutRecordsRequest request) {
    return refuse("", Set.of()).apply(request);
  }

  /** Refuses the records with these texts and acknowledges the others. */
  static Answer refuse(String errorCode, Set<String> texts) {
    return request -> {
      List<PutRecordsResultEntry> results =
          request.records().stream().map(entry -> answer(entry, errorCode, texts)).toList();
      return PutRecordsResponse.builder().records(results).failedRecordCount(texts.size()).build();
    };
  }

  static Answer fail(RuntimeException failure) {
    return request -> {
      throw failure;
    };
  }

  private static PutRecordsResultEntry answer(
      PutRecordsRequestEntry entry, String errorCode, Set<String> texts) {
    String text = text(entry);
    return texts.contains(text)
        ? PutRecordsResultEntry.builder().errorCode(errorCode).errorMessage("no").build()
        : PutRecordsResultEntry.builder().sequenceNumber(text).shardId("shard-0").build();
  }

  synchronized List<PutRecordsRequest> requests() {
    return List.copyOf(requests);
  }

  /** The texts of all records of each request. */
  List<List<String>> sent() {
    return requests().stream()
        .map(request -> request.records().stream().map(FakeKinesis::text).toList())
        .toList();
  }

  static String text(PutRecordsRequestEntry entry) {
    return entry.data().asString(StandardCharsets.ISO_8859_1);
  }

  static PutRecordsRequestEntry entry(String key, String text) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(key)
        .data(SdkBytes.fromString(text, StandardCharsets.ISO_8859_1))
        .build();
  }

  static PutRecordsRequest request(String stream, String... texts) {
    return PutRecordsRequest.builder()
        .streamName(stream)
        .records(List.of(texts).stream().map(text -> entry("k", text)).toList())
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
