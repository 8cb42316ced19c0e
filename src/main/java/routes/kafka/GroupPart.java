package routes.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import routes.app.Part;
import routes.cloud.ResourceSettings;
import routes.kinesis.leases.LeaseSettings;
import routes.kinesis.read.ShardAssignment;
import routes.signal.Layer;
import routes.signal.Signals;

/** Which partitions this process reads, where consumer groups of Kafka say it. */
public final class GroupPart implements Part {

  /** A layer of a topic. */
  private record Reading(Layer layer, String topic) {}

  private final Map<Reading, ConsumerGroup> groups = new LinkedHashMap<>();
  private final Optional<Topics> topics;

  /**
   * @param delivers whether this process reads partitions at all
   */
  public GroupPart(
      Optional<KafkaSettings> kafka,
      LeaseSettings settings,
      ResourceSettings resources,
      boolean delivers) {
    if (!delivers || settings.coordination() != LeaseSettings.ShardCoordination.GROUP) {
      topics = Optional.empty();
      return;
    }
    KafkaSettings brokers = kafka.orElseThrow();
    Topics described = new Topics(brokers.clients(), new KafkaFailures(brokers.brokers()));
    topics = Optional.of(described);
    for (Layer layer : resources.layers()) {
      for (Signals.Place place : resources.signals(layer).places()) {
        groups.put(
            new Reading(layer, place.stream()),
            new ConsumerGroup(
                brokers,
                described,
                place.stream(),
                settings.application(layer, place.signal()),
                settings.lease()));
      }
    }
  }

  /** What this process is to read of a topic in a layer, where a group says so. */
  public Optional<ShardAssignment> assignment(Layer layer, String topic) {
    return Optional.ofNullable(groups.get(new Reading(layer, topic)));
  }

  @Override
  public void started(CamelContext camel) {
    groups.values().forEach(ConsumerGroup::start);
  }

  @Override
  public void close() {
    groups.values().forEach(ConsumerGroup::close);
    topics.ifPresent(Topics::close);
  }
}
