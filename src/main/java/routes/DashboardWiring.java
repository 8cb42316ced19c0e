package routes;

import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import routes.dashboard.DashboardApi;
import routes.deadletter.DeadLetterOffice;
import routes.settings.Settings;

/** The dashboard on Camel's management server, beside its health and metrics. */
final class DashboardWiring implements AutoCloseable {

  private final DashboardApi api;

  /** To be called once the server is up. */
  DashboardWiring(Main main, Settings settings, int port, DeadLetterOffice deadLetters) {
    api =
        new DashboardApi(
            VertxPlatformHttpRouter.lookup(
                main.getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port)),
            settings,
            deadLetters);
  }

  @Override
  public void close() {
    api.close();
  }
}
