package routes.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** A broker of Kafka in this process, with its data in a folder. */
public final class KafkaBroker implements AutoCloseable {

  private final Map<String, Object> config = new HashMap<>();
  private final int port = freePort();
  private @Nullable KafkaRaftServer server;

  public KafkaBroker(Path folder) throws Exception {
    int controller = freePort();
    String logs = folder.resolve("kafka").toString();
    config.put("process.roles", "broker,controller");
    config.put("node.id", 1);
    config.put("controller.quorum.voters", "1@localhost:" + controller);
    config.put(
        "listeners",
        "PLAINTEXT://localhost:%s,CONTROLLER://localhost:%s".formatted(port, controller));
    config.put("controller.listener.names", "CONTROLLER");
    config.put("log.dir", logs);
    config.put("offsets.topic.replication.factor", "1");
    config.put("offsets.topic.num.partitions", "1");
    config.put("transaction.state.log.replication.factor", "1");
    config.put("transaction.state.log.min.isr", "1");
    config.put("transaction.state.log.num.partitions", "1");
    config.put("group.initial.rebalance.delay.ms", "0");
    config.put("auto.create.topics.enable", "false");
    config.put("log.cleaner.enable", "false");
    config.put("num.recovery.threads.per.data.dir", "1");
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .addDirectory(logs)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(logs)
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .run();
  }

  /** Starts it, again too. */
  public KafkaBroker start() {
    KafkaRaftServer made = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
    made.startup();
    server = made;
    return this;
  }

  /** Where it is, also while it is down. */
  public String address() {
    return "localhost:" + port;
  }

  /** How to reach it. */
  public KafkaSettings settings() {
    return new KafkaSettings(Map.of("bootstrap.servers", address()));
  }

  /** Takes it down; what it has stays. */
  public void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new AssertionError(none);
    }
  }
}
