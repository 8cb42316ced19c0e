package routes.dashboard.alerts;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import routes.dashboard.stats.History;
import routes.dashboard.stats.Reading;

/** Which rules hold now, and since when. */
@ThreadSafe
public final class Alerts {

  @GuardedBy("this")
  private final Map<String, Alert> active = new LinkedHashMap<>();

  /**
   * An alert that began or ended.
   *
   * @param firing whether it began
   */
  public record Change(boolean firing, Alert alert) {}

  /** Looks at the latest numbers and answers with what began or ended. */
  public synchronized List<Change> evaluate(History history, Reading now) {
    List<Change> changes = new ArrayList<>();
    for (Rules.Rule rule : Rules.ALL) {
      Optional<String> message = rule.check().check(history, now);
      Alert before = active.get(rule.id());
      if (message.isPresent()) {
        Alert alert =
            new Alert(
                rule.id(),
                before == null ? now.at() : before.since(),
                message.get(),
                rule.advice());
        active.put(rule.id(), alert);
        if (before == null) {
          changes.add(new Change(true, alert));
        }
      } else if (before != null) {
        active.remove(rule.id());
        changes.add(new Change(false, before));
      }
    }
    return changes;
  }

  /** Those that hold, the longest first. */
  public synchronized List<Alert> active() {
    return List.copyOf(active.values());
  }
}
