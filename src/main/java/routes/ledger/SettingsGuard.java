package routes.ledger;

/**
 * Keeps objects that were begun under one set of rules from being continued under another: what
 * rejects, groups or names a record must not change while something is under way.
 *
 * @param fingerprint of the settings in force
 * @param acceptsChange whether the operator accepts that what is unfinished may be doubled
 */
public record SettingsGuard(String fingerprint, boolean acceptsChange) {

  /**
   * Passes a checkpoint that can be continued.
   *
   * @throws IllegalStateException when it was written under other settings with something
   *     unfinished
   */
  void check(ShardId shard, CheckpointDocument document) {
    if (!document.clean()
        && !acceptsChange
        && (document.version() != CheckpointDocument.VERSION
            || !document.settings().equals(fingerprint))) {
      throw new IllegalStateException(
          "Shard %s has unfinished objects of other settings (fingerprint %s, now %s, format %d): start once more with the old settings and stop in order, or set ACCEPT_SETTINGS_CHANGE=true and accept that unfinished objects may be doubled"
              .formatted(shard, document.settings(), fingerprint, document.version()));
    }
  }
}
