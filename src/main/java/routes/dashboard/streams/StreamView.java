package routes.dashboard.streams;

import java.time.Instant;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/**
 * A stream.
 *
 * @param status as Kinesis calls it, such as {@code ACTIVE}
 * @param mode {@code PROVISIONED} or {@code ON_DEMAND}
 * @param encryption {@code NONE} or {@code KMS}
 * @param logs whether it is the one this app publishes to and delivers from
 */
record StreamView(
    String name,
    String status,
    String mode,
    int openShards,
    int retentionHours,
    String encryption,
    Instant created,
    boolean logs) {

  static StreamView of(StreamDescriptionSummary summary, String logsStream) {
    boolean hasMode = summary.streamModeDetails() != null;
    return new StreamView(
        summary.streamName(),
        summary.streamStatusAsString(),
        hasMode ? summary.streamModeDetails().streamModeAsString() : "PROVISIONED",
        summary.openShardCount(),
        summary.retentionPeriodHours(),
        summary.encryptionType() == null ? "NONE" : summary.encryptionTypeAsString(),
        summary.streamCreationTimestamp(),
        summary.streamName().equals(logsStream));
  }
}
