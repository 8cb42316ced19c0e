package routes.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides what goes wrong with each request: now and then one by chance, and during an outage of a
 * service all of its requests. Thread-safe.
 */
final class FaultPlan {

  private static final double BY_CHANCE = 0.04;
  private static final List<Fault> ALL = List.of(Fault.values());

  private final Random random;
  private final Tally tally;
  private final Map<AwsService, Fault> outages = new ConcurrentHashMap<>();
  private volatile boolean over;

  FaultPlan(Random random, Tally tally) {
    this.random = random;
    this.tally = tally;
  }

  Optional<Fault> next(AwsService service) {
    Fault outage = outages.get(service);
    Optional<Fault> fault = outage == null ? byChance() : Optional.of(outage);
    fault.ifPresent(what -> tally.count("%s %s".formatted(service, what)));
    return fault;
  }

  void begin(AwsService service, Fault how) {
    outages.put(service, how);
    tally.count("%s outage".formatted(service));
  }

  void endOutages() {
    outages.clear();
  }

  /** From now on nothing goes wrong. */
  void end() {
    over = true;
    endOutages();
  }

  private Optional<Fault> byChance() {
    return over || random.nextDouble() >= BY_CHANCE
        ? Optional.empty()
        : Optional.of(ALL.get(random.nextInt(ALL.size())));
  }
}
