package routes.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import routes.cloud.ResourceSettings;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.ReceiptStore;
import routes.ledger.ShardId;
import routes.signal.Layer;
import routes.signal.Signals;
import software.amazon.awssdk.services.s3.S3Client;

/** What the standing audit says of all streams and layers, of every hour at once. */
public final class StandingAudits {

  private StandingAudits() {}

  /**
   * What does not add up.
   *
   * @throws AssertionError when nothing was counted
   */
  public static List<String> run(S3Client s3, ResourceSettings resources) {
    List<String> wrong = new ArrayList<>();
    for (Layer layer : resources.layers()) {
      for (Signals.Place place : resources.signals(layer).places()) {
        Map<ShardId, Checkpoint> shards =
            CheckpointStore.loadAll(s3, resources.state(), layer, place.stream(), Instant.EPOCH);
        Acceptance accepted =
            Acceptance.of(
                shards, ReceiptStore.loadAll(s3, resources.state(), place.stream(), 0), 0);
        System.out.println(accepted);
        accepted.losses().forEach(loss -> wrong.add(loss.toString()));
        Balance total = Balance.total(Balance.of(shards.values()));
        System.out.printf("%s %s: %s%n", layer, place.signal(), total);
        if (total.read() == 0) {
          throw new AssertionError("Nothing of %s was counted".formatted(place.stream()));
        }
        if (total.unaccounted() != 0) {
          wrong.add("%s %s: %s".formatted(layer, place.stream(), total));
        }
        shards.values().stream()
            .flatMap(shard -> shard.account().groups().values().stream())
            .flatMap(groups -> groups.keySet().stream())
            .distinct()
            .forEach(
                group ->
                    new GroupCheck(
                            s3, place.bucket(), group, shards, fault -> wrong.add(fault.toString()))
                        .run());
      }
    }
    return wrong;
  }
}
