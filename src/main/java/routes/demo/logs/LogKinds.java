package routes.demo.logs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import routes.demo.data.Data;

/** All kinds of logs there are, by their ids. */
public final class LogKinds {

  private static final List<String> GROUPS =
      List.of(
          "application",
          "http",
          "security",
          "database",
          "infrastructure",
          "network",
          "business",
          "operations");

  private final Map<String, LogKind> byId = new LinkedHashMap<>();

  private LogKinds(Data words) {
    Values values = new Values(words);
    for (String group : GROUPS) {
      for (Data kind : Data.resource("kinds/" + group + ".yaml").items()) {
        LogKind read = LogKind.read(kind, group, values);
        if (byId.put(read.id(), read) != null) {
          throw kind.refused("the kind \"%s\" is there twice".formatted(read.id()));
        }
      }
    }
  }

  /** Reads them from the class path. */
  public static LogKinds load() {
    return new LogKinds(Data.resource("words.yaml"));
  }

  public Collection<LogKind> all() {
    return byId.values();
  }

  /** The kind that a value names. */
  public LogKind named(Data place, String id) {
    LogKind kind = byId.get(id);
    if (kind == null) {
      throw place.refused("there is no kind of log \"%s\"".formatted(id));
    }
    return kind;
  }

  /** Their ids, in the order of their groups. */
  public List<String> ids() {
    return new ArrayList<>(byId.keySet());
  }
}
