package routes.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;

/** What both programs have in common that the app is compared with. */
final class Peer {

  static final String STREAM = System.getenv("KINESIS_STREAM_NAME");
  static final String BUCKET = System.getenv("TARGET_BUCKET");
  static final int MAX_RECORDS = 10_000;
  static final int MAX_BYTES = 5 << 20;
  static final long FLUSH_MILLIS = Long.parseLong(System.getenv("FLUSH_INTERVAL_MS"));

  private static final ObjectReader EVENTS = new ObjectMapper().readerFor(Event.class);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("'year='yyyy'/month='MM'/day='dd'/hour='HH")
          .withZone(ZoneOffset.UTC);

  private Peer() {}

  /** What of a record says where it belongs; Jackson skips the rest. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Event(String service, String timestamp) {}

  /** The folder of a record's service and hour. */
  static String partition(byte[] line) throws IOException {
    Event event = EVENTS.readValue(line);
    return "service=" + event.service() + "/" + HOUR.format(Instant.parse(event.timestamp()));
  }

  static String newKey(String partition) {
    return partition + "/" + UUID.randomUUID() + ".jsonl";
  }

  /** Finds endpoint, region and credentials in the environment, as all clients here do. */
  static S3Client s3() {
    return S3Client.builder().forcePathStyle(true).build();
  }
}
