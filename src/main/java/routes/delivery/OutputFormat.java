package routes.delivery;

/** How records stand in an object. */
public enum OutputFormat {
  /** JSON Lines: one record a line, as it came. */
  JSONL,
  /** Parquet: typed columns and the whole record, compressed in itself. */
  PARQUET
}
