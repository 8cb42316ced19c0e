package routes.dashboard.streams;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.signal.Signals;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/**
 * A stream.
 *
 * @param status as Kinesis calls it, such as {@code ACTIVE}
 * @param mode {@code PROVISIONED} or {@code ON_DEMAND}
 * @param encryption {@code NONE} or {@code KMS}
 * @param created null where nobody knows
 * @param logs whether it is the one whose logs this app publishes and delivers
 * @param signal what this app publishes to it and delivers from it; null = nothing
 */
record StreamView(
    String name,
    String status,
    String mode,
    int openShards,
    int retentionHours,
    String encryption,
    @Nullable Instant created,
    boolean logs,
    @Nullable String signal) {

  static StreamView of(StreamDescriptionSummary summary, Signals signals) {
    String name = summary.streamName();
    boolean hasMode = summary.streamModeDetails() != null;
    return new StreamView(
        name,
        summary.streamStatusAsString(),
        hasMode ? summary.streamModeDetails().streamModeAsString() : "PROVISIONED",
        summary.openShardCount(),
        summary.retentionPeriodHours(),
        summary.encryptionType() == null ? "NONE" : summary.encryptionTypeAsString(),
        Instant.EPOCH.equals(summary.streamCreationTimestamp())
            ? null
            : summary.streamCreationTimestamp(),
        name.equals(signals.logs().stream()),
        signals.streams().contains(name) ? signals.of(name).signal().word() : null);
  }
}
