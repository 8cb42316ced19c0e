package routes.reload;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.app.Part;
import routes.cloud.CloudException;
import routes.http.RouteHold;
import routes.observe.Metric;
import routes.settings.Role;

/** The route files: those that are for this process, and what is saved in them while it runs. */
public final class ReloadPart implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(ReloadPart.class);

  private final RoutesSettings settings;
  private final Role role;
  private final RouteHold hold;
  private final RouteFiles files;
  private final Optional<RouteFolder> folder;
  private Optional<RouteEdits> edits = Optional.empty();
  private String running = "";

  /**
   * @param hold has requests wait while routes are replaced
   * @param files is told what runs and what cannot
   * @throws IOException when the folder cannot be read
   */
  public ReloadPart(RoutesSettings settings, Role role, RouteHold hold, RouteFiles files)
      throws IOException {
    this.settings = settings;
    this.role = role;
    this.hold = hold;
    this.files = files;
    folder = settings.onDisk() ? Optional.of(new RouteFolder(settings.dir())) : Optional.empty();
    if (folder.isPresent()) {
      RouteEdits.tellOf(folder.get().passedOver(), settings.dir());
      warnOfWriters(folder.get().openToAll());
    }
  }

  @Override
  public void bind(Main main) {
    settings.camelProperties(role).forEach(main::addOverrideProperty);
  }

  /**
   * Looks for edits from now on.
   *
   * @throws CloudException when there is no route
   */
  @Override
  public void started(CamelContext camel) {
    if (camel.getRoutes().isEmpty()) {
      throw new CloudException(
          "ROUTES_DIR=%s has no route for ROLE=%s: expected *.yaml files in it, as in routes-yaml; without the folder the routes inside the jar run"
              .formatted(settings.dir(), role.name().toLowerCase(Locale.ROOT)));
    }
    running =
        camel.getRoutes().stream()
            .map(Route::getRouteId)
            .sorted()
            .collect(Collectors.joining(", "));
    Metric.ROUTES_BROKEN
        .gauge(files, broken -> broken.faults().size())
        .register(camel.getRegistry().findSingleByType(MeterRegistry.class));
    folder.ifPresent(loaded -> loaded.known().forEach(files::runs));
    edits =
        folder
            .filter(loaded -> settings.reload())
            .map(
                loaded ->
                    new RouteEdits(
                        settings.dir(),
                        loaded,
                        new LiveRoutes(camel, settings.dir(), hold),
                        files));
    edits.ifPresent(RouteEdits::start);
  }

  private void warnOfWriters(List<Path> open) {
    if (!open.isEmpty()) {
      LOG.warn(
          "Everybody on this machine can write to {}, and route files are code that runs here: chmod"
              + " -R o-w {}",
          open,
          settings.dir());
    }
  }

  @Override
  public String summary() {
    String origin =
        settings.onDisk()
            ? "from " + settings.dir() + (settings.reload() ? ", saved edits take effect" : "")
            : "from inside the jar, there is no folder " + settings.dir();
    return "routes     %s (%s)".formatted(running, origin);
  }

  @Override
  public void beforeStop() {
    edits.ifPresent(RouteEdits::close);
  }
}
