package routes.local.s3;

import java.util.zip.Checksum;

/** CRC-64/NVME, which the newer clients of S3 send and Java does not have. */
final class Crc64Nvme implements Checksum {

  /** The polynomial 0xAD93D23594C93659 with its bits in reverse. */
  private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

  private static final long[] TABLE = table();

  private long crc = -1;

  @Override
  public void update(int b) {
    crc = TABLE[(int) (crc ^ b) & 0xFF] ^ (crc >>> 8);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    long value = crc;
    for (int i = offset; i < offset + length; i++) {
      value = TABLE[(int) (value ^ bytes[i]) & 0xFF] ^ (value >>> 8);
    }
    crc = value;
  }

  @Override
  public long getValue() {
    return ~crc;
  }

  @Override
  public void reset() {
    crc = -1;
  }

  private static long[] table() {
    long[] table = new long[256];
    for (int b = 0; b < table.length; b++) {
      long value = b;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
      }
      table[b] = value;
    }
    return table;
  }
}
