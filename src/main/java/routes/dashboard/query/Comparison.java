package routes.dashboard.query;

/** How a value stands to another. */
enum Comparison {
  EQUAL(""),
  AT_LEAST(">="),
  AT_MOST("<="),
  MORE(">"),
  LESS("<");

  private final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  /** What a value begins with; the longer signs come first. */
  static Comparison at(String value) {
    for (Comparison comparison : values()) {
      if (comparison != EQUAL && value.startsWith(comparison.sign)) {
        return comparison;
      }
    }
    return EQUAL;
  }

  int length() {
    return sign.length();
  }

  /**
   * @param order as of {@link Comparable#compareTo}
   */
  boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case AT_LEAST -> order >= 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      case LESS -> order < 0;
    };
  }
}
