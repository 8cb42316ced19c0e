package routes.format;

/** How an object's lines are compressed, and how its name shows it. */
public enum Compression {
  NONE(".jsonl"),
  GZIP(".jsonl.gz"),
  ZSTD(".jsonl.zst");

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** The end of an object's name, from the dot on. */
  public String suffix() {
    return suffix;
  }
}
