package routes.reload;

import com.google.common.base.Throwables;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why a route file cannot run, for whoever edited it.
 *
 * @param line in the file, from 1; empty where Camel does not tell
 * @param reason one line
 */
public record RouteProblem(OptionalInt line, String reason) {

  private static final Pattern RESOURCE =
      Pattern.compile("Error (?:pre-)?parsing resource: (?:file:)?(\\S+)");

  static RouteProblem of(Throwable failure) {
    List<Throwable> chain = Throwables.getCausalChain(failure);
    for (Throwable cause : chain) {
      if (cause instanceof MarkedYamlEngineException yaml && yaml.getProblemMark().isPresent()) {
        return new RouteProblem(
            OptionalInt.of(yaml.getProblemMark().get().getLine() + 1), oneLine(yaml.getProblem()));
      }
    }
    Throwable root = chain.get(chain.size() - 1);
    String message = root.getMessage();
    return new RouteProblem(
        OptionalInt.empty(),
        oneLine(
            message == null || root instanceof ReflectiveOperationException
                ? root.toString()
                : message));
  }

  /**
   * What is wrong with a route file that keeps the app from starting, and what to do; empty when it
   * is something else.
   */
  public static Optional<String> atStart(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .map(RouteProblem::place)
        .flatMap(Optional::stream)
        .findFirst()
        .map(place -> "%s%s. Mend it and start again".formatted(place, of(failure)));
  }

  /** The file, or where Camel does not tell it the route. */
  private static Optional<String> place(Throwable cause) {
    if (cause instanceof MarkedYamlEngineException yaml) {
      return yaml.getProblemMark().map(mark -> mark.getName().replaceFirst("^file:(//)?", ""));
    }
    if (cause instanceof FailedToCreateRouteException created) {
      return Optional.of("The route " + created.getRouteId());
    }
    if (cause instanceof FailedToStartRouteException started) {
      return Optional.of("The route " + started.getRouteId());
    }
    Matcher resource = RESOURCE.matcher(String.valueOf(cause.getMessage()));
    return resource.matches() ? Optional.of(resource.group(1)) : Optional.empty();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceFirst("\\.+$", "");
  }

  @Override
  public String toString() {
    return (line.isPresent() ? ", line " + line.getAsInt() : "") + ": " + reason;
  }
}
