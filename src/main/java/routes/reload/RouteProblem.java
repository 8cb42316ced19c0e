package routes.reload;

import com.google.common.base.Throwables;
import java.util.List;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why a route file cannot run, for whoever edited it.
 *
 * @param line in the file, from 1; empty where Camel does not tell
 * @param reason one line
 */
record RouteProblem(OptionalInt line, String reason) {

  static RouteProblem of(Exception failure) {
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

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceFirst("\\.+$", "");
  }

  @Override
  public String toString() {
    return (line.isPresent() ? ", line " + line.getAsInt() : "") + ": " + reason;
  }
}
