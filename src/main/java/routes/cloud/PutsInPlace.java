package routes.cloud;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.cbor.CborReader;
import routes.cbor.CborWriter;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Writes the body of {@code PutRecords} and reads its answer, both in CBOR, in a fraction of the
 * time that the SDK's generators and parsers take for five hundred records. The SDK sees a request
 * without records and an empty answer; signing, credentials and errors stay its own, and so does an
 * answer that is not understood here: the records of it are on the stream, so none is put again.
 */
final class PutsInPlace implements ExecutionInterceptor {

  private static final ExecutionAttribute<PutRecordsRequest> REQUEST =
      new ExecutionAttribute<>("PutRecords");

  private static final ExecutionAttribute<PutRecordsResponse> ANSWER =
      new ExecutionAttribute<>("PutRecordsAnswer");

  private static final ExecutionAttribute<Integer> LENGTH =
      new ExecutionAttribute<>("PutRecordsLength");

  private static final byte[] DATA = text("Data");
  private static final byte[] PARTITION_KEY = text("PartitionKey");
  private static final byte[] EXPLICIT_HASH_KEY = text("ExplicitHashKey");
  private static final byte[] RECORDS = "Records".getBytes(US_ASCII);
  private static final byte[] ENCRYPTION_TYPE = "EncryptionType".getBytes(US_ASCII);
  private static final byte[] SHARD_ID = "ShardId".getBytes(US_ASCII);
  private static final byte[] SEQUENCE_NUMBER = "SequenceNumber".getBytes(US_ASCII);
  private static final byte[] ERROR_CODE = "ErrorCode".getBytes(US_ASCII);
  private static final byte[] ERROR_MESSAGE = "ErrorMessage".getBytes(US_ASCII);

  /** What a record takes beside its data, about. */
  private static final int RECORD_ENVELOPE = 100;

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest call, ExecutionAttributes attributes) {
    if (call.request() instanceof PutRecordsRequest request
        && isUsual(request)
        && SdkSystemSetting.CBOR_ENABLED.getBooleanValue().orElse(true)) {
      attributes.putAttribute(REQUEST, request);
      return request.toBuilder().records(List.of()).build();
    }
    return call.request();
  }

  @Override
  public Optional<RequestBody> modifyHttpContent(
      Context.ModifyHttpRequest call, ExecutionAttributes attributes) {
    @Nullable PutRecordsRequest request = attributes.getAttribute(REQUEST);
    if (request == null) {
      return call.requestBody();
    }
    CborWriter body = write(request);
    attributes.putAttribute(LENGTH, body.length());
    return Optional.of(
        RequestBody.fromContentProvider(
            () -> new ByteArrayInputStream(body.array(), 0, body.length()),
            body.length(),
            RawAnswers.CBOR));
  }

  /** Comes after {@link #modifyHttpContent}. */
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest call, ExecutionAttributes attributes) {
    @Nullable Integer length = attributes.getAttribute(LENGTH);
    return length == null
        ? call.httpRequest()
        : call.httpRequest().copy(http -> http.putHeader("Content-Length", length.toString()));
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse call, ExecutionAttributes attributes) {
    RawAnswer answer = new RawAnswer();
    if (attributes.getAttribute(REQUEST) == null || !RawAnswers.read(call, answer)) {
      return call.responseBody();
    }
    byte[] body = Objects.requireNonNull(answer.body());
    try {
      attributes.putAttribute(ANSWER, read(new CborReader(body)));
      return RawAnswers.empty();
    } catch (CborReader.MalformedException notUnderstood) {
      return Optional.of(new ByteArrayInputStream(body));
    }
  }

  @Override
  public SdkResponse modifyResponse(Context.ModifyResponse call, ExecutionAttributes attributes) {
    @Nullable PutRecordsResponse answer = attributes.getAttribute(ANSWER);
    return answer == null
        ? call.response()
        : ((PutRecordsResponse) call.response())
            .toBuilder()
                .records(answer.records())
                .failedRecordCount(answer.failedRecordCount())
                .encryptionType(answer.encryptionTypeAsString())
                .build();
  }

  /** What Kinesis may refuse is for the SDK to say. */
  private static boolean isUsual(PutRecordsRequest request) {
    return request.streamId() == null
        && (request.streamName() != null || request.streamARN() != null)
        && request.records().stream()
            .allMatch(record -> record.data() != null && record.partitionKey() != null);
  }

  private static CborWriter write(PutRecordsRequest request) {
    int expected = RECORD_ENVELOPE;
    for (PutRecordsRequestEntry record : request.records()) {
      expected += record.data().asByteArrayUnsafe().length + RECORD_ENVELOPE;
    }
    CborWriter out = new CborWriter(expected);
    out.map(request.streamName() == null || request.streamARN() == null ? 2 : 3);
    out.text("Records").array(request.records().size());
    for (PutRecordsRequestEntry record : request.records()) {
      String hashKey = record.explicitHashKey();
      out.map(hashKey == null ? 2 : 3);
      out.raw(DATA).bytes(record.data().asByteArrayUnsafe());
      if (hashKey != null) {
        out.raw(EXPLICIT_HASH_KEY).text(hashKey);
      }
      out.raw(PARTITION_KEY).text(record.partitionKey());
    }
    if (request.streamName() != null) {
      out.text("StreamName").text(request.streamName());
    }
    if (request.streamARN() != null) {
      out.text("StreamARN").text(request.streamARN());
    }
    return out;
  }

  private static PutRecordsResponse read(CborReader in) {
    PutRecordsResponse.Builder answer = PutRecordsResponse.builder();
    List<PutRecordsResultEntry> entries = new ArrayList<>();
    for (long left = in.map(); in.hasNext(left); left--) {
      if (in.skipIf(RECORDS)) {
        for (long more = in.array(); in.hasNext(more); more--) {
          entries.add(entry(in));
        }
      } else if (in.skipIf(ENCRYPTION_TYPE)) {
        answer.encryptionType(in.text());
      } else {
        in.skip();
        in.skip();
      }
    }
    long failed = entries.stream().filter(entry -> entry.errorCode() != null).count();
    return answer.records(entries).failedRecordCount((int) failed).build();
  }

  private static PutRecordsResultEntry entry(CborReader in) {
    PutRecordsResultEntry.Builder entry = PutRecordsResultEntry.builder();
    for (long left = in.map(); in.hasNext(left); left--) {
      if (in.skipIf(SHARD_ID)) {
        entry.shardId(in.text());
      } else if (in.skipIf(SEQUENCE_NUMBER)) {
        entry.sequenceNumber(in.text());
      } else if (in.skipIf(ERROR_CODE)) {
        entry.errorCode(in.text());
      } else if (in.skipIf(ERROR_MESSAGE)) {
        entry.errorMessage(in.text());
      } else {
        in.skip();
        in.skip();
      }
    }
    return entry.build();
  }

  private static byte[] text(String name) {
    CborWriter out = new CborWriter(0).text(name);
    byte[] text = new byte[out.length()];
    System.arraycopy(out.array(), 0, text, 0, text.length);
    return text;
  }
}
