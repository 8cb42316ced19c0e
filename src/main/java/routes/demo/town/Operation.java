package routes.demo.town;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import routes.demo.data.Data;
import routes.demo.logs.LogKind;
import routes.demo.logs.LogKinds;
import routes.demo.logs.Route;

/** Something that a service does for others: how long it takes, whom it calls and what it logs. */
public final class Operation {

  private static final Set<String> NAMES =
      Set.of(
          "route",
          "ms",
          "fails",
          "refuses",
          "does",
          "calls",
          "logs",
          "on_success",
          "on_failure",
          "on_slow");

  private final Service service;
  private final String name;
  private final Route route;
  private final long nanos;
  private final double fails;
  private final double refuses;
  private final Deed deed;
  private final List<Emission> logs;
  private final List<Emission> onSuccess;
  private final List<Emission> onFailure;
  private final List<Emission> onSlow;
  private final List<Call> calls = new ArrayList<>();

  /** What it changes in the town, beyond what it says. */
  public enum Deed {
    NOTHING,
    LOGS_IN,
    REGISTERS,
    ORDERS
  }

  /**
   * A call of another operation.
   *
   * @param share of all requests that make it, 0 to 1
   * @param needed whether a request fails when it fails
   */
  public record Call(Operation to, double share, boolean needed) {}

  /**
   * A kind of log that is written.
   *
   * @param share of all requests that do, 0 to 1
   */
  public record Emission(LogKind kind, double share) {

    static List<Emission> read(Data data, String name, LogKinds kinds) {
      return data.list(name).stream()
          .map(
              item -> {
                String[] parts = item.text().split(" ", -1);
                return new Emission(kinds.named(item, parts[0]), Operation.share(item, parts));
              })
          .toList();
    }
  }

  private Operation(Service service, String name, Data data, LogKinds kinds) {
    data.only(NAMES);
    this.service = service;
    this.name = name;
    route = Route.of(data.text("route", name));
    nanos = Math.round(data.get("ms").number(0.01, 60_000) * 1e6);
    fails = data.number("fails", 0.0005, 0, 1);
    refuses = data.number("refuses", 0, 0, 1);
    deed = data.find("does").map(does -> does.oneOf(Deed.class)).orElse(Deed.NOTHING);
    logs = Emission.read(data, "logs", kinds);
    onSuccess = Emission.read(data, "on_success", kinds);
    onFailure = Emission.read(data, "on_failure", kinds);
    onSlow = Emission.read(data, "on_slow", kinds);
  }

  static Operation read(Service service, String name, Data data, LogKinds kinds) {
    return new Operation(service, name, data, kinds);
  }

  void calls(Operation to, Data item) {
    String[] parts = item.text().split(" ", -1);
    boolean optional = parts[parts.length - 1].equals("optional");
    calls.add(new Call(to, share(item, parts), !optional));
  }

  /** The second of some words, if it is a number. */
  private static double share(Data place, String[] parts) {
    if (parts.length < 2 || parts[1].equals("optional")) {
      return 1;
    }
    try {
      return Double.parseDouble(parts[1]);
    } catch (NumberFormatException noNumber) {
      throw place.refused("\"%s\" must be a name and perhaps a share".formatted(place.text()));
    }
  }

  public Service service() {
    return service;
  }

  public String name() {
    return name;
  }

  public Route route() {
    return route;
  }

  /** What it takes by itself, as a median. */
  public long nanos() {
    return nanos;
  }

  /** The share of requests that fail here when all is well. */
  public double fails() {
    return fails;
  }

  /** The share of requests that are refused, as the client did something wrong. */
  public double refuses() {
    return refuses;
  }

  public Deed deed() {
    return deed;
  }

  public List<Emission> logs() {
    return logs;
  }

  public List<Emission> onSuccess() {
    return onSuccess;
  }

  public List<Emission> onFailure() {
    return onFailure;
  }

  /** What is logged of requests that take several times as long as the median. */
  public List<Emission> onSlow() {
    return onSlow;
  }

  public List<Call> calls() {
    return calls;
  }
}
