package routes.record;

/** The fields of a record that mean something here, under whichever name they come. */
enum Field {
  TIMESTAMP("timestamp"),
  SERVICE("service"),
  LEVEL("level"),
  MESSAGE("message"),
  RECORD_ID("record_id"),
  INGEST_ID("ingest_id"),
  REPLAYED("replayed");

  private final String canonicalName;

  Field(String canonicalName) {
    this.canonicalName = canonicalName;
  }

  String canonicalName() {
    return canonicalName;
  }
}
