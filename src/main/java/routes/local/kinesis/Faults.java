package routes.local.kinesis;

import org.jspecify.annotations.Nullable;

/**
 * Lets tests make Kinesis fail as the real one does. Every method is asked on the thread of the
 * call and answers null to let things go their way; implementations are called by many threads at
 * once.
 */
public interface Faults {

  /** No faults. */
  Faults NONE = new Faults() {};

  /**
   * Asked before an operation such as {@code PutRecords}: an error here keeps it from happening.
   */
  default @Nullable AwsError before(String operation) {
    return null;
  }

  /** Asked after an operation succeeded: an error here loses its answer, not its effect. */
  default @Nullable AwsError after(String operation) {
    return null;
  }

  /**
   * Asked for each record of a {@code PutRecords}: an error here refuses that record only.
   *
   * @param index its place in the request, from 0
   */
  default @Nullable AwsError entry(String stream, String partitionKey, int index) {
    return null;
  }
}
