package routes.dashboard;

import io.vertx.ext.web.Router;
import routes.dashboard.letters.LetterEndpoints;
import routes.dashboard.web.Api;
import routes.dashboard.web.Workers;
import routes.dashboard.web.WriteGuard;
import routes.deadletter.DeadLetterOffice;
import routes.settings.Settings;

/** All endpoints of the dashboard, each with one line. */
public final class DashboardApi implements AutoCloseable {

  private final Workers workers = new Workers();

  /** Adds them to the router of the dashboard's server. */
  public DashboardApi(Router router, Settings settings, DeadLetterOffice deadLetters) {
    Api api = new Api(router, new WriteGuard(settings), workers);
    LetterEndpoints letters =
        new LetterEndpoints(deadLetters, settings.dashboard().token().isPresent());
    api.get("/api/dead-letters", letters::list);
    api.post("/api/dead-letters/replay", letters::replay);
    api.post("/api/dead-letters/discard", letters::discard);
    api.refuseTheRest();
  }

  @Override
  public void close() {
    workers.close();
  }
}
