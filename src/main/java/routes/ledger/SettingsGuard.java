package routes.ledger;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keeps objects that were begun under one set of rules from being continued under another: what
 * rejects, groups or names a record must not change while something is under way.
 *
 * @param settings those that say which record belongs into which object, with the values in force
 * @param acceptsChange whether the operator accepts that what is unfinished may be doubled
 */
public record SettingsGuard(SortedMap<String, String> settings, boolean acceptsChange) {

  /**
   * Passes a checkpoint that can be continued.
   *
   * @throws IllegalStateException when it was written under other settings with something
   *     unfinished
   */
  void check(ShardId shard, CheckpointDocument document) {
    if (document.clean() || document.finished() || acceptsChange) {
      return;
    }
    if (document.version() != CheckpointDocument.VERSION) {
      throw refused(
          shard,
          "were begun by a version that writes checkpoints of format "
              + document.version()
              + ", this one writes "
              + CheckpointDocument.VERSION,
          "that version");
    }
    String changes = changesSince(document.settings());
    if (!changes.isEmpty()) {
      throw refused(shard, "were begun with " + changes, "the old values");
    }
  }

  private static IllegalStateException refused(ShardId shard, String how, String old) {
    return new IllegalStateException(
        "Unfinished objects of shard %s %s: start once more with %s and stop in order, or set ACCEPT_SETTINGS_CHANGE=true and accept that unfinished objects may be doubled"
            .formatted(shard, how, old));
  }

  private String changesSince(Map<String, String> before) {
    TreeSet<String> names = new TreeSet<>(settings.keySet());
    names.addAll(before.keySet());
    return names.stream()
        .filter(name -> !before.getOrDefault(name, "").equals(settings.getOrDefault(name, "")))
        .map(
            name ->
                "%s=%s, now %s"
                    .formatted(
                        name, before.getOrDefault(name, ""), settings.getOrDefault(name, "")))
        .collect(Collectors.joining("; "));
  }
}
