package routes.demo.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.demo.logs.Outcome;
import routes.demo.logs.Situation;
import routes.demo.logs.Trace;
import routes.demo.people.Dice;
import routes.demo.people.Instance;
import routes.demo.people.Order;
import routes.demo.people.Orders;
import routes.demo.people.User;
import routes.demo.people.Users;
import routes.demo.scenario.Condition;
import routes.demo.town.Operation;
import routes.demo.town.Operation.Call;
import routes.demo.town.Operation.Deed;
import routes.demo.town.Service;

/**
 * Takes requests through the call graph: each visit of an operation becomes a span, the logs of its
 * service, and a count. Not thread-safe.
 */
final class Walk {

  /** How much of an operation's own work comes before its calls. */
  private static final double WORK_BEFORE = 0.4;

  private static final double SIGMA = 0.35;
  private static final int SLOW = 3;
  private static final long MAX_NETWORK_NANOS = 400_000;
  private static final Result FINE = new Result(0, Outcome.OK, 200, "", "");

  private final Dice dice;
  private final Fleet fleet;
  private final Users users;
  private final Orders orders;
  private final Logbook logbook;
  private final Meter[] meters;
  private final List<String> errors;
  private final Output out;
  private final Conditions conditions;
  private long traceHigh;
  private long traceLow;
  private User user;
  private @Nullable Order order;

  /** How a visit ended. */
  private record Result(long end, Outcome outcome, int status, String error, String peer) {

    Result at(long otherEnd) {
      return new Result(otherEnd, outcome, status, error, peer);
    }
  }

  Walk(
      Dice dice,
      Fleet fleet,
      Users users,
      Orders orders,
      Logbook logbook,
      Meter[] meters,
      List<String> errors,
      Conditions conditions,
      Output out) {
    this.dice = dice;
    this.fleet = fleet;
    this.users = users;
    this.orders = orders;
    this.logbook = logbook;
    this.meters = meters;
    this.errors = errors;
    this.conditions = conditions;
    this.out = out;
    user = users.anyone();
  }

  /** A request of a customer, which begins where journeys do. */
  void request(Operation entry, User who, long startNanos) {
    begin(entry, who, null, startNanos);
  }

  /** A request straight to a service, with whatever it wants to know. */
  void attack(Operation entry, User who, long startNanos) {
    begin(entry, who, orders.draft(who), startNanos);
  }

  private void begin(Operation entry, User who, @Nullable Order draft, long startNanos) {
    traceHigh = dice.bits();
    traceLow = dice.bits();
    user = who;
    order = draft;
    visit(entry, 0, startNanos);
  }

  private Result visit(Operation operation, long parent, long start) {
    Service service = operation.service();
    Condition condition = conditions.of(service);
    Instance instance = fleet.any(service);
    long span = dice.bits() | 1;
    double work = operation.nanos() * dice.logNormal(SIGMA) * condition.latency();
    prepare(operation);
    Result result = ownResult(operation, condition).at(start + (long) (work * WORK_BEFORE));
    if (result.outcome() == Outcome.OK) {
      result = callOthers(operation, span, result);
    }
    long end = result.end() + (long) (work * (1 - WORK_BEFORE));
    settle(operation, result);
    out.span(
        new Span(
            traceHigh,
            traceLow,
            span,
            parent,
            operation,
            instance,
            start,
            end,
            result.outcome(),
            result.status(),
            result.error(),
            user));
    meters[service.index()].count(end - start, result.outcome() == Outcome.FAILED);
    writeLogs(operation, instance, span, result, condition, start, end);
    return result.at(end);
  }

  private Result ownResult(Operation operation, Condition condition) {
    if (dice.chance(condition.errors())) {
      return new Result(
          0,
          condition.status() >= 500 ? Outcome.FAILED : Outcome.REFUSED,
          condition.status(),
          condition.error(),
          "");
    }
    if (dice.chance(operation.fails())) {
      return new Result(0, Outcome.FAILED, 500, dice.oneOf(errors), "");
    }
    if (dice.chance(operation.refuses())) {
      int status = operation.deed() == Deed.LOGS_IN ? 401 : isRead(operation) ? 404 : 422;
      return new Result(0, Outcome.REFUSED, status, "", "");
    }
    return FINE;
  }

  private static boolean isRead(Operation operation) {
    return operation.route().method().equals("GET");
  }

  /** Calls one after the other, until one fails that is needed. */
  private Result callOthers(Operation operation, long span, Result soFar) {
    long now = soFar.end();
    for (Call call : operation.calls()) {
      if (!dice.chance(call.share())) {
        continue;
      }
      Result answer = soFar;
      int attempts = 1 + conditions.of(call.to().service()).retries();
      for (int i = 0; i < attempts; i++) {
        answer = visit(call.to(), span, now + network());
        now = answer.end() + network();
        if (answer.outcome() != Outcome.FAILED) {
          break;
        }
      }
      if (call.needed() && answer.outcome() != Outcome.OK) {
        boolean failed = answer.outcome() == Outcome.FAILED;
        return new Result(
            now,
            answer.outcome(),
            failed ? 502 : answer.status(),
            failed ? "UpstreamError" : answer.error(),
            call.to().service().name());
      }
    }
    return soFar.at(now);
  }

  private long network() {
    return dice.between(50_000, MAX_NETWORK_NANOS);
  }

  private void prepare(Operation operation) {
    if (operation.deed() == Deed.REGISTERS) {
      user = users.register();
    } else if (operation.deed() == Deed.ORDERS) {
      order = orders.draft(user);
    }
  }

  private void settle(Operation operation, Result result) {
    if (result.outcome() != Outcome.OK) {
      return;
    }
    if (operation.deed() == Deed.LOGS_IN) {
      users.logIn(user);
    } else if (operation.deed() == Deed.ORDERS && order != null) {
      orders.placed(order);
    }
  }

  private void writeLogs(
      Operation operation,
      Instance instance,
      long span,
      Result result,
      Condition condition,
      long start,
      long end) {
    Service service = operation.service();
    Situation situation =
        new Situation(
            service.name(),
            operation.name(),
            instance,
            operation.route(),
            new Trace(traceHigh, traceLow, span),
            result.outcome(),
            result.status(),
            end - start,
            peer(operation, result),
            result.error(),
            user,
            order);
    logbook.writeAll(operation.logs(), service, situation, condition, start, end, out);
    List<Operation.Emission> more =
        switch (result.outcome()) {
          case OK -> operation.onSuccess();
          case FAILED -> operation.onFailure();
          case REFUSED -> List.of();
        };
    logbook.writeAll(more, service, situation, condition, end, end, out);
    if (end - start > SLOW * operation.nanos()) {
      logbook.writeAll(operation.onSlow(), service, situation, condition, end, end, out);
    }
  }

  /** Whom a log would name: who failed, else the first that is called. */
  private static String peer(Operation operation, Result result) {
    if (!result.peer().isEmpty()) {
      return result.peer();
    }
    List<Call> calls = operation.calls();
    return calls.isEmpty() ? operation.service().name() : calls.get(0).to().service().name();
  }
}
