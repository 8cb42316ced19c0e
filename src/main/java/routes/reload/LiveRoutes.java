package routes.reload;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.DefaultRoutesLoader;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.FileUtil;

/** The routes of a running Camel by the files they come from. */
final class LiveRoutes {

  private final ModelCamelContext context;
  private final Path dir;

  /**
   * @param dir where the files are
   */
  LiveRoutes(CamelContext context, Path dir) {
    this.context = (ModelCamelContext) context;
    this.dir = dir;
  }

  /**
   * Puts the routes of a new text in the place of those the file had. They are built on the side
   * first, so a text that cannot be built stops nothing; routes that cannot be started are replaced
   * by the ones before.
   *
   * @param before the text that runs; empty for a new file
   * @throws Exception why the new text cannot run; then the routes are as before
   */
  void replace(String file, String text, Optional<String> before) throws Exception {
    Set<String> ids;
    try {
      ids = build(file, text);
    } catch (Exception broken) {
      if (before.isPresent()) {
        build(file, before.get()); // the beans it declares are bound again
      }
      throw broken;
    }
    try {
      removeAllBut(ids, file);
      start(file, text);
    } catch (Exception broken) {
      removeAllBut(Set.of(), file);
      if (before.isPresent()) {
        start(file, before.get());
      }
      throw broken;
    }
  }

  private Set<String> build(String file, String text) throws Exception {
    Set<String> ids = new HashSet<>();
    for (RoutesBuilder builder : loader().findRoutesBuilders(List.of(resource(file, text)))) {
      for (RouteDefinition route : ((RouteBuilder) builder).configureRoutes(context).getRoutes()) {
        requireFree(route.getRouteId(), file);
        context.getModelReifierFactory().createRoute(context, route);
        ids.add(route.getRouteId());
      }
    }
    return ids;
  }

  private void start(String file, String text) throws Exception {
    loader().updateRoutes(List.of(resource(file, text)));
  }

  private void removeAllBut(Collection<String> ids, String file) throws Exception {
    for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
      if (file.equals(fileOf(route.getResource())) && !ids.contains(route.getRouteId())) {
        context.removeRouteDefinition(route);
      }
    }
  }

  private void requireFree(String id, String file) {
    Route running = context.getRoute(id);
    if (running == null) {
      return;
    }
    String other = fileOf(running.getSourceResource());
    if (!other.equals(file) && Files.exists(dir.resolve(other))) {
      throw new IllegalArgumentException(
          "the route id %s is that of %s: choose another".formatted(id, other));
    }
  }

  /** A loader keeps what it made of a text that failed, hence a new one each time. */
  private RoutesLoader loader() {
    return new DefaultRoutesLoader(context);
  }

  private Resource resource(String file, String text) {
    return ResourceHelper.fromString("file:" + dir.resolve(file), text);
  }

  private static String fileOf(Resource resource) {
    return FileUtil.stripPath(resource.getLocation());
  }
}
