package routes.kinesis.leases;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import routes.app.Part;
import routes.cloud.AwsClients;
import routes.cloud.ResourceSettings;
import routes.kinesis.read.ShardAssignment;
import routes.signal.Layer;
import routes.signal.Signals;

/** Which shards this process reads: all of them, or those whose leases it holds. */
public final class LeasePart implements Part {

  private static final Duration HAND_OVER = Duration.ofSeconds(30);

  /** A layer of a stream. */
  private record Reading(Layer layer, String stream) {}

  private final Map<Reading, StreamLeases> leases = new LinkedHashMap<>();

  /**
   * @param delivers whether this process reads shards at all
   */
  public LeasePart(
      LeaseSettings settings, ResourceSettings resources, AwsClients aws, boolean delivers) {
    if (delivers && settings.coordination() == LeaseSettings.ShardCoordination.KCL) {
      for (Layer layer : resources.layers()) {
        for (Signals.Place place : resources.signals(layer).places()) {
          leases.put(
              new Reading(layer, place.stream()),
              new StreamLeases(
                  aws.forLeases(settings.dynamoDb().orElse(null)),
                  new LeaseOptions(
                      place.stream(),
                      settings.application(layer, place.signal()),
                      settings.lease(),
                      HAND_OVER,
                      settings.metrics())));
        }
      }
    }
  }

  /** Which shards of a stream are this process's to deliver in a layer. */
  public ShardAssignment assignment(Layer layer, String stream) {
    StreamLeases shared = leases.get(new Reading(layer, stream));
    return shared == null ? ShardAssignment.ALL : shared.assignment();
  }

  /**
   * Each throws when the shards that this process is to read of a stream cannot be known, if others
   * decide that.
   */
  public List<Runnable> probes() {
    return leases.values().stream().map(StreamLeases::probe).toList();
  }

  @Override
  public void started(CamelContext camel) {
    leases.values().forEach(StreamLeases::start);
  }

  @Override
  public void close() {
    leases.values().forEach(StreamLeases::close);
  }
}
