package routes.dashboard.alerts;

import java.util.Optional;
import routes.dashboard.stats.History;
import routes.dashboard.stats.Reading;

/**
 * When there is something to look at.
 *
 * @param id a word that stays the same
 * @param advice what to look at or to do, a sentence
 */
record Rule(String id, String advice, Check check) {

  /** A pure function of the numbers. */
  @FunctionalInterface
  interface Check {

    /** What is the case, as a sentence; empty when all is well. */
    Optional<String> check(History history, Reading now);
  }
}
