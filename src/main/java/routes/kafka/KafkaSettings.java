package routes.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import routes.settings.SettingsReader;
import routes.settings.Value;

/**
 * How Kafka is reached.
 *
 * @param clients of all clients alike, Kafka's own names: the brokers, and how they are spoken to
 */
public record KafkaSettings(Map<String, String> clients) {

  /** What carries the records. */
  public enum Kind {
    /** Amazon Kinesis, or what speaks like it. */
    KINESIS,
    /** Kafka, or what speaks like it. */
    KAFKA
  }

  private static final Pattern BROKERS = Pattern.compile("[^\\s,]+:\\d{1,5}(,[^\\s,]+:\\d{1,5})*");

  private static final String BROKERS_RULE =
      "brokers with their ports, such as kafka-1:9092,kafka-2:9092";

  /** Keeps secrets, which a file may hold, out of logs. */
  @Override
  public String toString() {
    return brokers();
  }

  /** Where it is asked first, such as {@code broker:9092}. */
  public String brokers() {
    return String.valueOf(clients.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
  }

  /** Reads them; nothing where the records are on Kinesis. */
  public static Optional<KafkaSettings> from(SettingsReader reader) {
    Value servers = reader.value("kafka.bootstrap-servers");
    Optional<String> brokers = servers.ifSet(value -> value.matching(BROKERS, BROKERS_RULE));
    Map<String, String> clients =
        new HashMap<>(
            reader.value("kafka.client-properties").ifSet(KafkaSettings::read).orElse(Map.of()));
    if (reader.value("stream.kind").oneOf(Kind.class) == Kind.KINESIS) {
      return Optional.empty();
    }
    clients.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        brokers.orElseThrow(() -> servers.mustBe(BROKERS_RULE)));
    return Optional.of(new KafkaSettings(Map.copyOf(clients)));
  }

  private static Map<String, String> read(Value file) {
    Path path = file.path();
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(path)) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException failure) {
      throw file.refused("cannot be read as Java properties (%s)".formatted(failure));
    }
    Map<String, String> read = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
    return read;
  }
}
