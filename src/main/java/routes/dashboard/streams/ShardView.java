package routes.dashboard.streams;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * A shard.
 *
 * @param open whether it takes records
 * @param firstHash the first hash of partition keys that it takes, a number below 2^128
 * @param share the part of all hashes that it takes, 0 to 1
 * @param parent the shard it came from by a split or merge
 * @param secondParent the other one, of a merge
 * @param lastSequenceNumber null while it is open
 */
record ShardView(
    String id,
    boolean open,
    String firstHash,
    String lastHash,
    double share,
    @Nullable String parent,
    @Nullable String secondParent,
    String firstSequenceNumber,
    @Nullable String lastSequenceNumber) {

  private static final BigDecimal ALL_HASHES = new BigDecimal(BigInteger.ONE.shiftLeft(128));

  static ShardView of(Shard shard) {
    String first = shard.hashKeyRange().startingHashKey();
    String last = shard.hashKeyRange().endingHashKey();
    String end = shard.sequenceNumberRange().endingSequenceNumber();
    return new ShardView(
        shard.shardId(),
        end == null,
        first,
        last,
        share(new BigInteger(first), new BigInteger(last)),
        shard.parentShardId(),
        shard.adjacentParentShardId(),
        shard.sequenceNumberRange().startingSequenceNumber(),
        end);
  }

  private static double share(BigInteger first, BigInteger last) {
    return new BigDecimal(last.subtract(first).add(BigInteger.ONE))
        .divide(ALL_HASHES, 6, RoundingMode.HALF_UP)
        .doubleValue();
  }
}
