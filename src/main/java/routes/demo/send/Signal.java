package routes.demo.send;

import java.util.Locale;

/** A kind of telemetry, and where an intake takes it. */
public enum Signal {
  LOGS("/api/ingest", "application/x-ndjson"),
  TRACES("/v1/traces", "application/json"),
  METRICS("/v1/metrics", "application/json");

  private final String path;
  private final String type;

  Signal(String path, String type) {
    this.path = path;
    this.type = type;
  }

  public String path() {
    return path;
  }

  /** The media type of its bodies. */
  public String type() {
    return type;
  }

  /** Its name in settings and answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
