package routes.envelope;

import org.jspecify.annotations.Nullable;

/** Which partition keys a shard takes. */
@FunctionalInterface
public interface KeyFilter {

  /**
   * Whether a record with this partition key belongs here.
   *
   * @param explicitHashKey in decimal, in place of the partition key's hash, or null
   * @throws NumberFormatException when the explicit key is no number
   */
  boolean takes(String partitionKey, @Nullable String explicitHashKey);
}
