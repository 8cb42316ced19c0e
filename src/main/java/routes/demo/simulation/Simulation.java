package routes.demo.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.demo.data.Data;
import routes.demo.logs.Outcome;
import routes.demo.logs.Route;
import routes.demo.logs.Situation;
import routes.demo.pattern.Pattern;
import routes.demo.pattern.PatternReader;
import routes.demo.people.Dice;
import routes.demo.people.Order;
import routes.demo.people.Orders;
import routes.demo.people.User;
import routes.demo.people.Users;
import routes.demo.scenario.Anomalies;
import routes.demo.scenario.Anomaly;
import routes.demo.scenario.Condition;
import routes.demo.scenario.Label;
import routes.demo.scenario.Scenario;
import routes.demo.scenario.Scenarios;
import routes.demo.town.Background;
import routes.demo.town.Journey;
import routes.demo.town.Operation;
import routes.demo.town.Service;
import routes.demo.town.Town;

/**
 * The town at work, second by second. The same options give the same output, byte for byte, however
 * the seconds are asked for. Not thread-safe.
 */
public final class Simulation {

  private static final long SECOND = 1_000_000_000L;

  /**
   * Requests a second of the town as it is declared, which is made larger or smaller as a whole.
   */
  private static final double JOURNEYS = 10;

  private static final Route BACKGROUND = Route.of("background");
  private static final int ATTACKERS = 20;
  private static final int MEASURED_SECONDS = 10;

  private final Town town;
  private final Dice dice;
  private final Fleet fleet;
  private final Users users;
  private final Orders orders;
  private final Logbook logbook;
  private final Expectation expected;
  private final Pattern traffic;
  private final double scale;
  private final List<String> errors;
  private final List<User> attackers = new ArrayList<>();
  private final Meter[] meters;
  private final Anomalies anomalies;
  private final @Nullable Anomaly[] releases;
  private final Mishaps mishaps;
  private Conditions conditions;
  private long now;
  private long measuredUntil;

  public Simulation(Town town, Scenarios scenarios, Options options) {
    this.town = town;
    dice = new Dice(options.seed());
    now = options.from().getEpochSecond() * SECOND;
    measuredUntil = now;
    long run = new Dice(options.seed() ^ now).bits() >>> 32;
    Data people = Data.resource("people.yaml");
    errors = people.get("errors").texts();
    fleet = new Fleet(town, dice.split());
    users = new Users(people, dice.split());
    orders = new Orders(dice.split());
    logbook = new Logbook(dice.split(), run);
    expected = new Expectation(town);
    traffic = new PatternReader(options.seed()).read(Data.resource("traffic.yaml"));
    double declared = JOURNEYS * expected.logsAJourney() + expected.backgroundLogs();
    double mean = Expectation.mean(traffic, (double) options.from().getEpochSecond());
    scale = options.logsPerSecond() / declared / mean;
    for (int i = 0; i < ATTACKERS; i++) {
      attackers.add(users.register());
    }
    meters = town.services().stream().map(Meter::new).toArray(Meter[]::new);
    conditions = new Conditions(meters.length, Map.of());
    anomalies = new Anomalies(town, HexFormat.of().toHexDigits((int) run));
    releases = new Anomaly[meters.length];
    mishaps = new Mishaps(List.copyOf(scenarios.all()), dice.split(), options.anomaliesPerHour());
  }

  /** The second that comes next. */
  public Instant now() {
    return Instant.ofEpochSecond(now / SECOND);
  }

  /** The anomalies that run. */
  public List<Anomaly> running() {
    return anomalies.running();
  }

  /**
   * Begins an anomaly.
   *
   * @param from when it begins, now or later
   * @throws IllegalStateException when too many are running
   */
  public Anomaly start(Scenario scenario, Instant from, long seconds, Output out) {
    long nanos = Math.max(now, from.getEpochSecond() * SECOND);
    return anomalies.start(scenario, nanos, seconds, out::label);
  }

  /** Ends those of a scenario now; how many there were. */
  public int stop(String scenario) {
    return anomalies.stop(scenario, now);
  }

  /** Ends what runs and measures the rest, as nothing comes after this. */
  public void finish(Output out) {
    measure(out);
    anomalies.stopAll(now, out::label);
  }

  /** Lives through the next second. */
  public void tick(Output out) {
    if (anomalies.running().size() < Anomalies.MAX_AT_ONCE) {
      mishaps.next().ifPresent(scenario -> start(scenario, now(), scenario.seconds(), out));
    }
    Consumer<Label> label = out::label;
    conditions = new Conditions(meters.length, anomalies.conditions(now, label));
    double busy = scale * Math.max(0, traffic.at(now / (double) SECOND));
    changeVersions();
    walkRequests(busy, out);
    writeBackground(busy, out);
    for (Service service : town.services()) {
      writeTells(service, conditions.of(service), out);
    }
    now += SECOND;
    if (now / SECOND % MEASURED_SECONDS == 0) {
      measure(out);
    }
  }

  private void changeVersions() {
    for (Service service : town.services()) {
      Anomaly wanted = anomalies.release(service, now).orElse(null);
      Anomaly there = releases[service.index()];
      if (!Objects.equals(wanted, there)) {
        if (there == null || wanted == null) {
          fleet.release(service, wanted != null);
        }
        releases[service.index()] = wanted;
      }
    }
  }

  private void walkRequests(double busy, Output out) {
    Walk walk = new Walk(dice, fleet, users, orders, logbook, meters, errors, conditions, out);
    for (int i = dice.poisson(busy * JOURNEYS); i > 0; i--) {
      Journey journey = town.journey(dice);
      User who = journey.loggedIn() ? users.customer() : users.anyone();
      walk.request(journey.entry(), who, moment());
    }
    for (Service service : town.services()) {
      double more = conditions.of(service).traffic() - 1;
      if (more > 0) {
        List<Operation> doors = town.operations(service);
        double usual = busy * JOURNEYS * Math.max(0.05, expected.visits(service));
        for (int i = dice.poisson(usual * more); i > 0; i--) {
          walk.attack(dice.oneOf(doors), dice.oneOf(attackers), moment());
        }
      }
    }
  }

  private void writeBackground(double busy, Output out) {
    for (Background each : town.background()) {
      double rate = each.perMinute() / 60 * each.service().instances();
      for (int i = dice.poisson(rate * (each.steady() ? scale : busy)); i > 0; i--) {
        Order order = each.advances().map(orders::advance).orElse(null);
        if (order != null || each.advances().isEmpty()) {
          String what = each.advances().map(Simulation::lowerCase).orElse("background");
          Situation situation = situation(each.service(), what, each.route(), order, "");
          Condition condition = conditions.of(each.service());
          logbook.write(each.kind(), each.service(), situation, condition, null, moment(), out);
        }
      }
    }
  }

  /** What tells of an anomaly is as much as it is, however large the town. */
  private void writeTells(Service service, Condition condition, Output out) {
    for (Condition.Tell tell : condition.tells()) {
      for (int i = dice.poisson(tell.perSecond()); i > 0; i--) {
        Situation situation =
            situation(
                service, "background", BACKGROUND, orders.draft(users.anyone()), condition.error());
        logbook.write(tell.kind(), service, situation, condition, tell.level(), moment(), out);
      }
    }
  }

  private Situation situation(
      Service service, String what, Route route, @Nullable Order order, String error) {
    return new Situation(
        service.name(),
        what,
        fleet.any(service),
        route,
        null,
        error.isEmpty() ? Outcome.OK : Outcome.FAILED,
        error.isEmpty() ? 200 : 503,
        dice.between(200_000, 900_000_000),
        dice.oneOf(town.services()).name(),
        error,
        order == null ? users.anyone() : order.user(),
        order);
  }

  private static String lowerCase(Order.Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  /** What was not measured yet. */
  private void measure(Output out) {
    if (measuredUntil < now) {
      for (Service service : town.services()) {
        out.measurement(
            meters[service.index()].take(
                measuredUntil, now, fleet.of(service), conditions.of(service)));
      }
      measuredUntil = now;
    }
  }

  /** Some time within the second that is lived through. */
  private long moment() {
    return now + dice.between(0, SECOND - 1);
  }
}
