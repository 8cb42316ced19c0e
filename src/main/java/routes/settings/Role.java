package routes.settings;

/** Which part of the work a process does. */
public enum Role {
  /** Intake, delivery and, where it is wanted, the embedded cloud. */
  ALL,
  /** HTTP and files to Kinesis. */
  INTAKE,
  /** Kinesis to S3. */
  DELIVER,
  /** The embedded cloud alone, no routes. */
  CLOUD,
  /** The demo alone, which sends to the intake of another process. */
  DEMO;

  public boolean takesIn() {
    return this == ALL || this == INTAKE;
  }

  public boolean delivers() {
    return this == ALL || this == DELIVER;
  }

  public boolean runsRoutes() {
    return this != CLOUD && this != DEMO;
  }
}
