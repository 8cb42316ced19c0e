package routes.reload;

import static java.util.stream.Collectors.toSet;
import static org.apache.camel.model.ProcessorDefinitionHelper.filterTypeInOutputs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.DefaultRoutesLoader;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.FileUtil;
import routes.http.RouteHold;

/** The routes of a running Camel by the files they come from. */
final class LiveRoutes {

  private final ModelCamelContext context;
  private final Path dir;
  private final RouteHold hold;

  /**
   * @param dir where the files are
   * @param hold of the requests that come to routes
   */
  LiveRoutes(CamelContext context, Path dir, RouteHold hold) {
    this.context = (ModelCamelContext) context;
    this.dir = dir;
    this.hold = hold;
  }

  /**
   * Puts the routes of a new text in the place of those the file had. They are built on the side
   * first, so a text that cannot be built stops nothing; routes that cannot be started are replaced
   * by the ones before. A file without routes has what others use, so all are made anew.
   *
   * @param running the texts that run, by file; a new file is not among them
   * @throws Exception why the new text cannot run; then the routes are as before
   */
  void replace(String file, String text, Map<String, String> running) throws Exception {
    Optional<String> before = Optional.ofNullable(running.get(file));
    List<RouteDefinition> routes;
    try {
      routes = build(file, text);
    } catch (Exception broken) {
      if (before.isPresent()) {
        build(file, before.get()); // the beans it declares are bound again
      }
      throw broken;
    }
    if (routes.isEmpty() && running(file).findAny().isEmpty()) {
      replaceShared(file, text, before, running);
    } else {
      replaceRoutes(file, routes, text, before);
    }
  }

  private void replaceShared(
      String file, String text, Optional<String> before, Map<String, String> running)
      throws Exception {
    Map<String, String> users = new TreeMap<>(running);
    users.remove(file);
    try {
      start(file, text);
      for (Map.Entry<String, String> user : users.entrySet()) {
        build(user.getKey(), user.getValue());
      }
      hold.during(() -> startAll(users));
    } catch (Exception broken) {
      if (before.isPresent()) {
        start(file, before.get());
        hold.during(() -> startAll(users));
      }
      throw broken;
    }
  }

  private void startAll(Map<String, String> texts) throws Exception {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      start(text.getKey(), text.getValue());
    }
  }

  private void replaceRoutes(
      String file, List<RouteDefinition> routes, String text, Optional<String> before)
      throws Exception {
    Set<String> ids = routes.stream().map(RouteDefinition::getRouteId).collect(toSet());
    if (Stream.concat(routes.stream(), running(file)).anyMatch(LiveRoutes::takesRequests)) {
      hold.during(() -> exchange(file, ids, text, before));
    } else {
      exchange(file, ids, text, before);
    }
  }

  private void exchange(String file, Set<String> ids, String text, Optional<String> before)
      throws Exception {
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

  /** From outside or from another route. */
  private static boolean takesRequests(RouteDefinition route) {
    String uri = route.getInput().getEndpointUri();
    return uri.startsWith("platform-http:") || uri.startsWith("direct:");
  }

  private List<RouteDefinition> build(String file, String text) throws Exception {
    List<RouteDefinition> routes = new ArrayList<>();
    for (RoutesBuilder builder : loader().findRoutesBuilders(List.of(resource(file, text)))) {
      for (RouteDefinition route : ((RouteBuilder) builder).configureRoutes(context).getRoutes()) {
        requireFree(route.getRouteId(), file);
        if (isForUs(route)) {
          context.getModelReifierFactory().createRoute(context, route);
        }
        routes.add(route);
      }
    }
    requireReceivers(file, routes.stream().filter(this::isForUs).toList());
    return routes;
  }

  /**
   * What is sent to a {@code direct:} that no route takes from would fail with the first record.
   */
  private void requireReceivers(String file, List<RouteDefinition> routes) {
    Set<String> taken =
        Stream.concat(
                routes.stream(),
                context.getRouteDefinitions().stream()
                    .filter(route -> !file.equals(fileOf(route.getResource()))))
            .map(route -> address(route.getInput().getEndpointUri()))
            .collect(toSet());
    for (RouteDefinition route : routes) {
      for (EndpointRequiredDefinition step :
          filterTypeInOutputs(route.getOutputs(), EndpointRequiredDefinition.class)) {
        String to = address(step.getEndpointUri());
        if (to.startsWith("direct:") && !taken.contains(to)) {
          throw new IllegalArgumentException(
              "the route %s sends to %s, but no route takes from it: mend the name, or save the file that has it"
                  .formatted(route.getRouteId(), to));
        }
      }
    }
  }

  /** Without its parameters. */
  private String address(String uri) {
    return context
        .resolvePropertyPlaceholders(uri)
        .replaceFirst("\\?.*", "")
        .replaceFirst("^direct://", "direct:");
  }

  /** As Camel decides it when it starts routes. */
  private boolean isForUs(RouteDefinition route) {
    String precondition = route.getPrecondition();
    return precondition == null
        || context
            .resolveLanguage("simple")
            .createPredicate(context.resolvePropertyPlaceholders(precondition))
            .matches(new DefaultExchange(context));
  }

  private void start(String file, String text) throws Exception {
    loader().updateRoutes(List.of(resource(file, text)));
  }

  private void removeAllBut(Collection<String> ids, String file) throws Exception {
    for (RouteDefinition route : running(file).toList()) {
      if (!ids.contains(route.getRouteId())) {
        context.removeRouteDefinition(route);
      }
    }
  }

  private Stream<RouteDefinition> running(String file) {
    return List.copyOf(context.getRouteDefinitions()).stream()
        .filter(route -> file.equals(fileOf(route.getResource())));
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
