package routes.faults;

import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.local.kinesis.AwsError;
import routes.local.kinesis.Faults;

/** The errors that Kinesis answers with now and then, of whole calls and of single records. */
final class KinesisTrouble implements Faults {

  private static final double CALLS = 0.03;
  private static final double RECORDS = 0.02;
  private static final Set<String> THROTTLED =
      Set.of("PutRecords", "GetRecords", "GetShardIterator");

  private final Random random;
  private final Tally tally;
  private volatile boolean over;

  KinesisTrouble(Random random, Tally tally) {
    this.random = random;
    this.tally = tally;
  }

  /** From now on nothing goes wrong. */
  void end() {
    over = true;
  }

  @Override
  public @Nullable AwsError before(String operation) {
    if (THROTTLED.contains(operation) && strikes(CALLS)) {
      tally.count("KINESIS throttles " + operation);
      return AwsError.throughputExceeded("shardId-000000000000", "logs");
    }
    if (operation.equals("GetRecords") && strikes(CALLS)) {
      tally.count("KINESIS iterator expired");
      return AwsError.ofCaller("ExpiredIteratorException", "Iterator expired.");
    }
    return null;
  }

  @Override
  public @Nullable AwsError after(String operation) {
    if (operation.equals("PutRecords") && strikes(CALLS)) {
      tally.count("KINESIS PutRecords failed after taking the records");
      return AwsError.internalFailure("Internal service failure.");
    }
    return null;
  }

  @Override
  public @Nullable AwsError entry(String stream, String partitionKey, int index) {
    if (!strikes(RECORDS)) {
      return null;
    }
    tally.count("KINESIS record refused in PutRecords");
    return random.nextBoolean()
        ? AwsError.throughputExceeded("shardId-000000000000", stream)
        : AwsError.internalFailure("Internal service failure.");
  }

  private boolean strikes(double probability) {
    return !over && random.nextDouble() < probability;
  }
}
