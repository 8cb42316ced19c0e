package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.kinesis.retrieval.kpl.Messages;

/** What producers make of several log records in one Kinesis record. */
enum ProducerFormat {
  LINES {
    @Override
    byte[] of(List<String> records, String partitionKey) {
      return String.join("\n", records).getBytes(UTF_8);
    }
  },
  GZIP {
    @Override
    byte[] of(List<String> records, String partitionKey) {
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
        out.write(LINES.of(records, partitionKey));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return zipped.toByteArray();
    }
  },
  /** As the Kinesis Producer Library gathers them. */
  AGGREGATED {
    @Override
    @SuppressWarnings("deprecation") // The format's choice.
    byte[] of(List<String> records, String partitionKey) {
      Messages.AggregatedRecord.Builder message =
          Messages.AggregatedRecord.newBuilder().addPartitionKeyTable(partitionKey);
      for (String record : records) {
        message.addRecords(
            Messages.Record.newBuilder()
                .setPartitionKeyIndex(0)
                .setData(ByteString.copyFromUtf8(record)));
      }
      byte[] body = message.build().toByteArray();
      ByteArrayOutputStream framed = new ByteArrayOutputStream();
      framed.writeBytes(MAGIC);
      framed.writeBytes(body);
      framed.writeBytes(Hashing.md5().hashBytes(body).asBytes());
      return framed.toByteArray();
    }
  };

  private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

  abstract byte[] of(List<String> records, String partitionKey);

  /** The log records in a Kinesis record of any of these formats. */
  static List<String> recordsIn(byte[] data) {
    try {
      if (data[0] == (byte) 0x1f) {
        return lines(new GZIPInputStream(new ByteArrayInputStream(data)).readAllBytes());
      }
      if (data[0] != MAGIC[0]) {
        return lines(data);
      }
      byte[] message = Arrays.copyOfRange(data, MAGIC.length, data.length - 16);
      return Messages.AggregatedRecord.parseFrom(message).getRecordsList().stream()
          .map(record -> record.getData().toStringUtf8())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(byte[] text) {
    return new String(text, UTF_8).lines().toList();
  }
}
