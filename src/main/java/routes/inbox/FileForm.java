package routes.inbox;

import com.google.common.collect.ImmutableList;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Forms of a file that hold no lines of UTF-8, told by its first bytes. No line of JSON begins like
 * one of them, so that a whole file need not become dead letters line by line.
 */
enum FileForm {
  ZSTD("compressed with zstd", "28b52ffd"),
  BZIP2("compressed with bzip2", "425a68"),
  XZ("compressed with xz", "fd377a585a00"),
  LZ4("compressed with lz4", "04224d18"),
  SNAPPY("compressed with snappy", "ff060000734e61507059"),
  // The two bytes of the levels that no text begins with.
  ZLIB("compressed with zlib", "7801", "789c", "78da"),
  COMPRESS("compressed with compress", "1f9d"),
  ZIP("a zip archive", "504b0304"),
  PARQUET("Parquet", "50415231"),
  AVRO("Avro", "4f626a01"),
  UTF_32("UTF-32", "0000feff", "fffe0000"),
  UTF_16("UTF-16", "feff", "fffe", "007b0022", "7b002200");

  /** As many bytes as the longest beginning has. */
  static final int BEGINNING = 10;

  private final String name;
  private final ImmutableList<String> beginnings;

  FileForm(String name, String... beginnings) {
    this.name = name;
    this.beginnings = ImmutableList.copyOf(beginnings);
  }

  /** Why a file that begins like this is not read; empty when it may be. */
  static Optional<String> objection(byte[] beginning) {
    String hex = HexFormat.of().formatHex(beginning);
    for (FileForm form : values()) {
      if (form.beginnings.stream().anyMatch(hex::startsWith)) {
        return Optional.of(
            "it is %s; JSON Lines in UTF-8 are read, plain or compressed with gzip"
                .formatted(form.name));
      }
    }
    return Optional.empty();
  }
}
