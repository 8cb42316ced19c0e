package routes.demo.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value in a YAML file. Every method reads it as one type and throws a {@link DataException} with
 * file, line and reason when it is another.
 */
public final class Data {

  private final String file;
  private final Node node;

  private Data(String file, Node node) {
    this.file = file;
    this.node = node;
  }

  /**
   * The one document of a file.
   *
   * @param file its name, for messages
   */
  public static Data of(String file, String yaml) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file).build();
      Node root =
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(() -> new DataException(file, 0, "is empty"));
      return new Data(file, root);
    } catch (MarkedYamlEngineException broken) {
      throw new DataException(file, line(broken.getProblemMark()), broken.getProblem());
    } catch (YamlEngineException broken) {
      throw new DataException(file, 0, String.valueOf(broken.getMessage()));
    }
  }

  /** A file of the class path, below {@code /demo}. */
  public static Data resource(String name) {
    try {
      String yaml = Resources.toString(Resources.getResource(Data.class, "/demo/" + name), UTF_8);
      return of(name, yaml);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw refused("must be a text or number");
  }

  public double number(double min, double max) {
    try {
      double number = Double.parseDouble(text());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Refused below, like a number out of range.
    }
    throw refused(
        "\"%s\" must be a number from %s to %s".formatted(text(), plain(min), plain(max)));
  }

  public int whole(int min, int max) {
    double number = number(min, max);
    if (number != Math.rint(number)) {
      throw refused("\"%s\" must be a whole number".formatted(text()));
    }
    return (int) number;
  }

  public <E extends Enum<E>> E oneOf(Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text())) {
        return constant;
      }
    }
    throw refused("\"%s\" must be one of %s".formatted(text(), names(type)));
  }

  /** The values of a list; a single value counts as a list of one. */
  public List<Data> items() {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(item -> new Data(file, item)).toList();
    }
    return List.of(this);
  }

  /** The texts of a list. */
  public List<String> texts() {
    return items().stream().map(Data::text).toList();
  }

  /** Names and values, in the order of the file. */
  public Map<String, Data> entries() {
    if (!(node instanceof MappingNode mapping)) {
      throw refused("must be names with values");
    }
    Map<String, Data> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      Data name = new Data(file, entry.getKeyNode());
      if (entries.put(name.text(), new Data(file, entry.getValueNode())) != null) {
        throw name.refused("\"%s\" is there twice".formatted(name.text()));
      }
    }
    return entries;
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  public Optional<Data> find(String name) {
    return Optional.ofNullable(entries().get(name));
  }

  public Data get(String name) {
    return find(name).orElseThrow(() -> refused("has no \"%s\"".formatted(name)));
  }

  public String text(String name, String otherwise) {
    return find(name).map(Data::text).orElse(otherwise);
  }

  public double number(String name, double otherwise, double min, double max) {
    return find(name).map(value -> value.number(min, max)).orElse(otherwise);
  }

  /** The values of a list that may be absent. */
  public List<Data> list(String name) {
    return find(name).map(Data::items).orElse(List.of());
  }

  /** Refuses names that nobody would read, such as one with a typing error. */
  public Data only(Set<String> names) {
    List<String> unknown = new ArrayList<>(entries().keySet());
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      String first = unknown.get(0);
      throw get(first)
          .refused("\"%s\" is not known here; known are %s".formatted(first, sorted(names)));
    }
    return this;
  }

  /**
   * This value is not as it must be.
   *
   * @param reason a clause, no full stop
   */
  public DataException refused(String reason) {
    return new DataException(file, line(node.getStartMark()), reason);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(place -> place.getLine() + 1).orElse(0);
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(constant.name().toLowerCase(Locale.ROOT));
    }
    return String.join(", ", names);
  }
}
