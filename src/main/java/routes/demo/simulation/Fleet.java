package routes.demo.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import routes.demo.people.Dice;
import routes.demo.people.Instance;
import routes.demo.town.Service;
import routes.demo.town.Town;

/** The instances of all services, and the versions they run. Not thread-safe. */
final class Fleet {

  private static final int NODES = 6;
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final Dice dice;
  private final List<List<Instance>> byService = new ArrayList<>();
  private final int[] builds;

  Fleet(Town town, Dice dice) {
    this.dice = dice;
    builds = new int[town.services().size()];
    for (Service service : town.services()) {
      builds[service.index()] = 100 + dice.below(400);
      byService.add(instances(service));
    }
  }

  List<Instance> of(Service service) {
    return byService.get(service.index());
  }

  Instance any(Service service) {
    return dice.oneOf(of(service));
  }

  /** Puts another version in place of the one that runs. */
  void release(Service service, boolean forward) {
    builds[service.index()] += forward ? 1 : -1;
    byService.set(service.index(), instances(service));
  }

  private List<Instance> instances(Service service) {
    String set = letters(9);
    int build = builds[service.index()];
    List<Instance> instances = new ArrayList<>();
    for (int i = 0; i < service.instances(); i++) {
      int node = dice.below(NODES);
      instances.add(
          new Instance(
              "%s-%s-%s".formatted(service.name(), set, letters(5)),
              "node-" + (node + 1),
              "eu-central-1" + (char) ('a' + node % 3),
              "10.%s.%s.%s".formatted(40 + node, service.index(), 10 + i),
              String.format(Locale.ROOT, "2.%d.%d", build / 10, build % 10)));
    }
    return List.copyOf(instances);
  }

  private String letters(int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(LETTERS.charAt(dice.below(LETTERS.length())));
    }
    return text.toString();
  }
}
