package routes.demo.pattern;

/** The patterns there are. Times and widths are in seconds unless the name says otherwise. */
public final class Patterns {

  private static final double HOUR = 3600;
  private static final double DAY = 24 * HOUR;
  private static final double WEEK = 7 * DAY;

  /** 1 January 1970 was a Thursday. */
  private static final double DAYS_FROM_MONDAY = 3;

  private Patterns() {}

  public static Pattern constant(double level) {
    return seconds -> level;
  }

  /** From one level to another within a time, where it stays. */
  public static Pattern ramp(double from, double to, double width) {
    return seconds -> from + (to - from) * Math.min(1, Math.max(0, seconds / width));
  }

  /** Up and down around 1. */
  public static Pattern sine(double period, double amplitude) {
    return seconds -> 1 + amplitude * Math.sin(2 * Math.PI * seconds / period);
  }

  /** A day in UTC: 1 at the busiest hour, and the lowest twelve hours later. */
  public static Pattern daily(double busiestHour, double lowest) {
    return seconds -> {
      double phase = (seconds / HOUR - busiestHour) / 24;
      return lowest + (1 - lowest) * (1 + Math.cos(2 * Math.PI * phase)) / 2;
    };
  }

  /** 1 from Monday to Friday, another level at the weekend. */
  public static Pattern weekly(double weekend) {
    return seconds -> {
      double day = ((seconds / DAY + DAYS_FROM_MONDAY) % 7 + 7) % 7;
      return day >= 5 ? weekend : 1;
    };
  }

  /** 1, and within a narrow bell much more. */
  public static Pattern spike(double at, double width, double height) {
    return seconds -> {
      double distance = (seconds - at) / width;
      return 1 + (height - 1) * Math.exp(-distance * distance);
    };
  }

  /** Again and again for a while at one level, between that at another. */
  public static Pattern burst(double every, double width, double low, double high) {
    return seconds -> (seconds % every + every) % every < width ? high : low;
  }

  /** One level before a moment and another from then on. */
  public static Pattern step(double at, double before, double after) {
    return seconds -> seconds < at ? before : after;
  }

  /** Rises and falls back at once, again and again. */
  public static Pattern sawtooth(double period, double low, double high) {
    return seconds -> low + (high - low) * ((seconds % period + period) % period) / period;
  }

  /** Around 1, another value in each slot of time, the same for the same seed. */
  public static Pattern noise(double amplitude, double slot, long seed) {
    return seconds -> 1 + amplitude * (2 * hashed((long) Math.floor(seconds / slot), seed) - 1);
  }

  /** Slowly more, by so much of itself a week, from a moment on. */
  public static Pattern drift(double perWeek, double since) {
    return seconds -> 1 + perWeek * Math.max(0, seconds - since) / WEEK;
  }

  /** A season that repeats, on a trend. */
  public static Pattern seasonal(
      double period, double amplitude, double trendPerWeek, double since) {
    return sine(period, amplitude).times(drift(trendPerWeek, since));
  }

  /** From 0 to 1, by the last steps of SplitMix64. */
  private static double hashed(long slot, long seed) {
    long z = slot * 0x9E3779B97F4A7C15L + seed;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
