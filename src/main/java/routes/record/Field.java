package routes.record;

/** The fields of a record that mean something here, under whichever name they come. */
enum Field {
  TIMESTAMP("timestamp"),
  SERVICE("service"),
  LEVEL("level"),
  MESSAGE("message"),
  RECORD_ID("record_id"),
  INGEST_ID("ingest_id"),
  REPLAYED("replayed"),
  TRACE_ID("trace_id"),
  SPAN_ID("span_id"),
  KIND("kind"),
  END_TIMESTAMP("end_timestamp"),
  NAME("name"),
  VALUE("value"),
  FLAGS("flags"),
  COUNT("count"),
  SUM("sum"),
  EXPLICIT_BOUNDS("explicit_bounds"),
  BUCKET_COUNTS("bucket_counts"),
  ZERO_COUNT("zero_count"),
  POSITIVE_COUNTS("positive.bucket_counts"),
  NEGATIVE_COUNTS("negative.bucket_counts");

  private final String canonicalName;

  Field(String canonicalName) {
    this.canonicalName = canonicalName;
  }

  String canonicalName() {
    return canonicalName;
  }
}
