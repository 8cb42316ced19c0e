package routes.kinesis.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** One record of a caller and how far it got. Guarded by its stream's lock. */
final class PendingRecord {

  private final PutRecordsRequestEntry entry;
  private final int size;
  private int sent;
  private int refused;
  private boolean answerLost;
  private @Nullable PutRecordsResultEntry receipt;

  PendingRecord(PutRecordsRequestEntry entry) {
    this.entry = entry;
    this.size = sizeOf(entry);
  }

  /** Data and partition key in bytes, as Kinesis counts them. */
  static int sizeOf(PutRecordsRequestEntry entry) {
    return entry.data().asByteArrayUnsafe().length + entry.partitionKey().getBytes(UTF_8).length;
  }

  PutRecordsRequestEntry entry() {
    return entry;
  }

  /** The partition key. */
  String key() {
    return entry.partitionKey();
  }

  int size() {
    return size;
  }

  void sending() {
    sent++;
  }

  boolean wasSentBefore() {
    return sent > 1;
  }

  void refused() {
    refused++;
  }

  /** How often Kinesis refused this one record. */
  int refusals() {
    return refused;
  }

  void answerLost() {
    answerLost = true;
  }

  boolean isAnswerLost() {
    return answerLost;
  }

  void acknowledged(PutRecordsResultEntry receipt) {
    this.receipt = receipt;
  }

  /** Where the record is on the stream, null until Kinesis acknowledged it. */
  @Nullable PutRecordsResultEntry receipt() {
    return receipt;
  }

  /** Where the record is on the stream, once Kinesis acknowledged it. */
  PutRecordsResultEntry requireReceipt() {
    return Objects.requireNonNull(receipt);
  }
}
