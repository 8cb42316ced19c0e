package routes.envelope;

import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;

/** The compressions that are told by how the bytes begin, as no record does. */
enum Compression {
  /** RFC 1952. */
  GZIP,
  /** RFC 1950, with the window of 32 KiB that all encoders use unless told otherwise. */
  ZLIB,
  /** RFC 8878, skippable frames included. */
  ZSTD;

  private static final int ZSTD_MAGIC = 0xFD2FB528;
  private static final int ZSTD_SKIPPABLE_MAGIC = 0x184D2A50;

  /** What bytes begin with, or null if that is none of these. */
  static @Nullable Compression of(ByteSlice bytes) {
    if (bytes.length() < 2) {
      return null;
    }
    int first = bytes.at(0) & 0xff;
    int second = bytes.at(1) & 0xff;
    if (first == 0x1f && second == 0x8b) {
      return GZIP;
    }
    if (first == 0x78 && (first << 8 | second) % 31 == 0 && (second & 0x20) == 0) {
      return ZLIB;
    }
    if (bytes.length() < 4) {
      return null;
    }
    int magic = first | second << 8 | (bytes.at(2) & 0xff) << 16 | bytes.at(3) << 24;
    return magic == ZSTD_MAGIC || (magic & ~0xf) == ZSTD_SKIPPABLE_MAGIC ? ZSTD : null;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
