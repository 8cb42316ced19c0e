package routes.envelope;

import routes.json.ByteSlice;

/**
 * The beginning of what a stream record says, for people to look at.
 *
 * @param bytes as they are on the stream where they are not compressed, or cannot be decompressed
 * @param form {@code text}, or the compression that was undone: {@code gzip}, {@code zlib} or
 *     {@code zstd}
 */
public record Preview(ByteSlice bytes, String form) {

  /**
   * Looks into the payload of a stream record.
   *
   * @param limit how many decompressed bytes are wanted; zstd is decompressed whole or not at all
   */
  public static Preview of(ByteSlice payload, int limit) {
    Compression compression = Compression.of(payload);
    if (compression != null) {
      ByteSlice begun = Decompressed.of(payload, compression, limit).begun();
      if (!begun.isEmpty()) {
        return new Preview(begun, compression.toString());
      }
    }
    return new Preview(payload, "text");
  }
}
