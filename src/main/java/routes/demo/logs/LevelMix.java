package routes.demo.logs;

import java.util.EnumMap;
import java.util.Map;
import routes.demo.data.Data;
import routes.demo.people.Dice;

/** How often a kind of log has which level when all is well. */
public final class LevelMix {

  private final Map<Level, Double> shares = new EnumMap<>(Level.class);
  private final Level highest;

  /** The share of all levels up to WARN, or 1 for a kind that has no such level. */
  private final double harmless;

  private LevelMix(Data data) {
    double sum = data.entries().values().stream().mapToDouble(value -> value.number(0, 100)).sum();
    if (Math.abs(sum - 100) > 1e-6) {
      throw data.refused("the shares of the levels must add up to 100, not " + sum);
    }
    data.entries()
        .forEach((name, share) -> shares.put(level(name, share), share.number(0, 100) / 100));
    double upToWarn =
        shares.entrySet().stream()
            .filter(level -> level.getKey().compareTo(Level.WARN) <= 0)
            .mapToDouble(Map.Entry::getValue)
            .sum();
    harmless = upToWarn > 0 ? upToWarn : 1;
    highest = shares.keySet().stream().max(Level::compareTo).orElseThrow();
  }

  static LevelMix read(Data data) {
    return new LevelMix(data);
  }

  /** Levels with their shares of 1, the least level first. */
  public Map<Level, Double> shares() {
    return shares;
  }

  /** The level of a log that is no part of a request. */
  Level any(Dice dice) {
    return within(1, dice);
  }

  /** The level of a log about a request: whoever failed says so, and who did not says no error. */
  Level of(Outcome outcome, Dice dice) {
    if (outcome != Outcome.FAILED) {
      return within(harmless, dice);
    }
    return highest.compareTo(Level.WARN) >= 0 ? highest : any(dice);
  }

  /** One of the least levels, which together have this share. */
  private Level within(double share, Dice dice) {
    double left = dice.share() * share;
    for (Map.Entry<Level, Double> level : shares.entrySet()) {
      left -= level.getValue();
      if (left < 0) {
        return level.getKey();
      }
    }
    return highest;
  }

  private static Level level(String name, Data place) {
    for (Level level : Level.values()) {
      if (level.name().equals(name)) {
        return level;
      }
    }
    throw place.refused(
        "\"%s\" is no level; there are DEBUG, INFO, WARN, ERROR and FATAL".formatted(name));
  }
}
