package routes.local.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** One record to be put, and what became of it. For one thread. */
final class PutEntry {

  private static final int MAX_KEY_CHARACTERS = 256;

  private final String partitionKey;
  private final byte[] key;
  private final byte[] data;
  private final @Nullable BigInteger explicitHashKey;
  private @Nullable Shard shard;
  private @Nullable AwsError error;
  private long counter;

  PutEntry(
      @Nullable String partitionKey, byte @Nullable [] data, @Nullable String explicitHashKey) {
    this.partitionKey = Constraints.required("partitionKey", partitionKey);
    Constraints.length("partitionKey", this.partitionKey, 1, MAX_KEY_CHARACTERS);
    this.key = this.partitionKey.getBytes(UTF_8);
    this.data = Constraints.required("data", data);
    this.explicitHashKey =
        explicitHashKey == null ? null : HashKeys.parse("ExplicitHashKey", explicitHashKey);
  }

  String partitionKey() {
    return partitionKey;
  }

  /** The partition key in UTF-8. */
  byte[] key() {
    return key;
  }

  byte[] data() {
    return data;
  }

  /** What AWS counts against its limits: data and partition key. */
  int size() {
    return key.length + data.length;
  }

  byte[] hashKey(HashKeys hashKeys) {
    return explicitHashKey == null ? hashKeys.of(key) : HashKeys.bytes(explicitHashKey);
  }

  void stored(long atCounter) {
    counter = atCounter;
  }

  /** The variable part of the sequence number the record got. */
  long counter() {
    return counter;
  }

  void routedTo(Shard target) {
    shard = target;
  }

  Shard shard() {
    if (shard == null) {
      throw new IllegalStateException("The entry was not routed");
    }
    return shard;
  }

  void refused(AwsError reason) {
    error = reason;
  }

  /** Why the record was not stored; null if it was. */
  @Nullable AwsError error() {
    return error;
  }
}
