package routes.leases;

import java.time.Duration;
import java.util.Optional;
import org.apache.camel.CamelContext;
import routes.app.Part;
import routes.cloud.AwsClients;
import routes.shards.ShardAssignment;

/** Which shards this process reads: all of them, or those whose leases it holds. */
public final class LeasePart implements Part {

  private static final Duration HAND_OVER = Duration.ofSeconds(30);

  private final Optional<StreamLeases> leases;

  /**
   * @param delivers whether this process reads shards at all
   */
  public LeasePart(LeaseSettings settings, String stream, AwsClients aws, boolean delivers) {
    leases =
        delivers && settings.coordination() == ShardCoordination.KCL
            ? Optional.of(
                new StreamLeases(
                    aws.forLeases(settings.dynamoDb().orElse(null)),
                    new LeaseOptions(
                        stream,
                        settings.application(),
                        settings.lease(),
                        HAND_OVER,
                        settings.metrics())))
            : Optional.empty();
  }

  public ShardAssignment assignment() {
    return leases.map(StreamLeases::assignment).orElse(ShardAssignment.ALL);
  }

  /** Throws when the shards that this process is to read cannot be known, if others decide that. */
  public Optional<Runnable> probe() {
    return leases.map(StreamLeases::probe);
  }

  @Override
  public void started(CamelContext camel) {
    leases.ifPresent(StreamLeases::start);
  }

  @Override
  public void close() {
    leases.ifPresent(StreamLeases::close);
  }
}
