package routes.dashboard.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import routes.dashboard.web.Page;
import routes.dashboard.web.ProblemException;
import routes.dashboard.web.Request;
import routes.reload.RoutesSettings;

/** The routes that run and the YAML they are made of. Thread-safe. */
public final class RouteCatalog {

  private final CamelContext camel;
  private final RoutesSettings settings;

  public RouteCatalog(CamelContext camel, RoutesSettings settings) {
    this.camel = camel;
    this.settings = settings;
  }

  /**
   * A route's file.
   *
   * @param file where it is
   * @param onDisk whether there is a file to edit, rather than the copy inside the jar
   * @param reload whether a saved edit takes effect at once
   */
  record Source(String id, String file, boolean onDisk, boolean reload, String yaml) {}

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
    return new Page<>(routes, null);
  }

  /** The file of a route, as it is now. */
  public Object source(Request request) throws IOException {
    String id = request.path("id");
    if (camel.getRoute(id) == null) {
      throw ProblemException.notFound("There is no route " + id);
    }
    Path file = settings.dir().resolve(id + ".yaml");
    boolean onDisk = settings.onDisk() && Files.isRegularFile(file);
    return onDisk
        ? new Source(id, file.toString(), true, settings.reload(), Files.readString(file))
        : new Source(id, "routes-yaml/" + id + ".yaml in the jar", false, false, inJar(id));
  }

  private static String inJar(String id) throws IOException {
    try (InputStream in =
        RouteCatalog.class.getResourceAsStream("/routes-yaml/%s.yaml".formatted(id))) {
      if (in == null) {
        throw ProblemException.notFound("The route %s comes from no file of its own".formatted(id));
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
