package routes.settings;

/** How the objects in the lake are compressed. */
public enum Compression {
  NONE,
  GZIP,
  ZSTD
}
