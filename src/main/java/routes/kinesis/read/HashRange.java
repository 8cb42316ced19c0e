package routes.kinesis.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import routes.envelope.KeyFilter;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;

/** The hash keys whose records a shard takes, both ends included, from 0 to 2^128-1. */
record HashRange(BigInteger first, BigInteger last) implements KeyFilter {

  /** What Kinesis makes hash keys of partition keys with. */
  @SuppressWarnings("deprecation") // Not for secrets.
  private static final HashFunction MD5 = Hashing.md5();

  static HashRange of(HashKeyRange range) {
    return new HashRange(
        new BigInteger(range.startingHashKey()), new BigInteger(range.endingHashKey()));
  }

  @Override
  public boolean takes(String partitionKey, @Nullable String explicitHashKey) {
    BigInteger hashKey =
        explicitHashKey == null
            ? new BigInteger(1, MD5.hashString(partitionKey, UTF_8).asBytes())
            : new BigInteger(explicitHashKey);
    return hashKey.compareTo(first) >= 0 && hashKey.compareTo(last) <= 0;
  }
}
