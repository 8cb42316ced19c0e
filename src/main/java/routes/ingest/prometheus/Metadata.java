package routes.ingest.prometheus;

/**
 * What is known of a metric beside its samples.
 *
 * @param help its description, or empty
 * @param unit or empty
 */
record Metadata(Type type, String help, String unit) {

  /** Prometheus's types, in the order of their numbers. */
  enum Type {
    UNKNOWN,
    COUNTER,
    GAUGE,
    HISTOGRAM,
    GAUGEHISTOGRAM,
    SUMMARY,
    INFO,
    STATESET
  }

  static final Metadata NONE = new Metadata(Type.UNKNOWN, "", "");

  /**
   * @param type its number; any other counts as unknown
   */
  static Metadata of(int type, String help, String unit) {
    Type[] types = Type.values();
    return new Metadata(type >= 0 && type < types.length ? types[type] : Type.UNKNOWN, help, unit);
  }
}
