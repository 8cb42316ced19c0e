package routes.settings;

/** A key or token; its text shows only where it is asked for, never in a log or an error. */
public record Secret(String text) {

  @Override
  public String toString() {
    return "(secret)";
  }
}
