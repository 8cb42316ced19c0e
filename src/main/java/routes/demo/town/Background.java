package routes.demo.town;

import java.util.Optional;
import java.util.Set;
import routes.demo.data.Data;
import routes.demo.logs.LogKind;
import routes.demo.logs.LogKinds;
import routes.demo.logs.Route;
import routes.demo.people.Order.Stage;

/**
 * Logs that come without a request.
 *
 * @param perMinute of each instance, when the town is as busy as it is at its busiest
 * @param steady whether they come as often at night
 * @param advances the stage that an order comes to with each
 */
public record Background(
    Service service,
    LogKind kind,
    double perMinute,
    boolean steady,
    Route route,
    Optional<Stage> advances) {

  static Background read(Data data, Service service, LogKinds kinds) {
    data.only(Set.of("log", "per_minute", "steady", "route", "advances"));
    return new Background(
        service,
        kinds.named(data.get("log"), data.get("log").text()),
        data.get("per_minute").number(0, 10_000),
        data.text("steady", "true").equals("true"),
        Route.of(data.text("route", "background")),
        data.find("advances").map(stage -> stage.oneOf(Stage.class)));
  }
}
