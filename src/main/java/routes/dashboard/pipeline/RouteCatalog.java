package routes.dashboard.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.util.FileUtil;
import org.jspecify.annotations.Nullable;
import routes.http.HttpProblem;
import routes.http.api.Request;
import routes.reload.RouteFiles;
import routes.reload.RouteFiles.RouteFault;
import routes.reload.RoutesSettings;

/** The routes that run and the YAML they are made of. */
@ThreadSafe
public final class RouteCatalog {

  private final CamelContext camel;
  private final RoutesSettings settings;
  private final RouteFiles files;

  public RouteCatalog(CamelContext camel, RoutesSettings settings, RouteFiles files) {
    this.camel = camel;
    this.settings = settings;
    this.files = files;
  }

  /** The routes that run, and the files that cannot run as they were saved. */
  record Routes(List<RouteView> items, List<Fault> faults) {}

  /**
   * A file that cannot run as it was saved.
   *
   * @param line where, from 1; null where that is not known
   * @param older whether what it was before goes on running
   */
  record Fault(
      String file,
      @Nullable Integer line,
      String reason,
      Instant since,
      boolean older,
      String saved) {

    static Fault of(RouteFault fault) {
      return new Fault(
          fault.file(),
          fault.line().isPresent() ? fault.line().getAsInt() : null,
          fault.reason(),
          fault.since(),
          fault.older(),
          fault.saved());
    }
  }

  /**
   * A route's file.
   *
   * @param file where it is
   * @param onDisk whether there is a file to edit, rather than the copy inside the jar
   * @param reload whether a saved edit takes effect at once
   * @param yaml what runs
   * @param fault what was saved since and cannot run; null when that runs
   */
  record Source(
      String id, String file, boolean onDisk, boolean reload, String yaml, @Nullable Fault fault) {}

  /** All routes by name. */
  public Object list(Request request) throws Exception {
    ManagedCamelContext managed =
        camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
    List<RouteView> routes = new ArrayList<>();
    for (Route route : camel.getRoutes()) {
      String id = route.getRouteId();
      ManagedRouteMBean counts = managed.getManagedRoute(id);
      if (counts != null) {
        routes.add(
            RouteView.of(route, camel.getRouteController().getRouteStatus(id).name(), counts));
      }
    }
    routes.sort(Comparator.comparing(RouteView::id));
    return new Routes(routes, files.faults().stream().map(Fault::of).toList());
  }

  /** The file of a route, as it runs. */
  public Object source(Request request) throws IOException {
    String id = request.path("id");
    Route route = camel.getRoute(id);
    if (route == null) {
      throw HttpProblem.missing("There is no route " + id);
    }
    String file = FileUtil.stripPath(route.getSourceResource().getLocation());
    Optional<String> running = files.running(file);
    return running.isPresent()
        ? new Source(
            id,
            settings.dir().resolve(file).toString(),
            true,
            settings.reload(),
            running.get(),
            fault(file))
        : new Source(id, "routes-yaml/" + file + " in the jar", false, false, inJar(file), null);
  }

  private @Nullable Fault fault(String file) {
    return files.faults().stream()
        .filter(fault -> fault.file().equals(file))
        .map(Fault::of)
        .findAny()
        .orElse(null);
  }

  private static String inJar(String file) throws IOException {
    try (InputStream in = RouteCatalog.class.getResourceAsStream("/routes-yaml/" + file)) {
      if (in == null) {
        throw HttpProblem.missing("There is no %s in the jar".formatted(file));
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
