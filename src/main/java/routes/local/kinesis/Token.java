package routes.local.kinesis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Packs a record into text that clients hand back unread. Nothing is kept here, so it is understood
 * after a restart.
 */
final class Token {

  private static final ObjectMapper CBOR = new CBORMapper();

  private Token() {}

  static String encode(Record content) throws IOException {
    byte[] bytes = CBOR.writeValueAsBytes(content);
    ByteBuffer token = ByteBuffer.allocate(Integer.BYTES + bytes.length);
    token.putInt(checksum(bytes)).put(bytes);
    return Base64.getEncoder().encodeToString(token.array());
  }

  /** Empty for text that {@link #encode} did not make. */
  static <T extends Record> Optional<T> decode(String text, Class<T> type) {
    try {
      byte[] token = Base64.getDecoder().decode(text);
      if (token.length < Integer.BYTES) {
        return Optional.empty();
      }
      byte[] bytes = Arrays.copyOfRange(token, Integer.BYTES, token.length);
      if (ByteBuffer.wrap(token).getInt() != checksum(bytes)) {
        return Optional.empty();
      }
      return Optional.of(CBOR.readValue(bytes, type));
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }
}
