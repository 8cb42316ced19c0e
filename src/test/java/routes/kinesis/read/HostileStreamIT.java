package routes.kinesis.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.AppProcess;
import routes.DeadLetterQueue;
import routes.Lake;
import routes.LakeReaders;
import routes.cloud.AwsClients;
import routes.deadletter.DeadLetter;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.kinesis.retrieval.kpl.Messages;

/**
 * The packaged application at 256 MB against whatever a stream may hold: each hostile Kinesis
 * record becomes dead letters that account for all of it, its neighbours reach the lake, and the
 * time it takes grows with its bytes and not faster. Longer with {@code -Dhostile.minutes=}.
 */
class HostileStreamIT {

  private static final String STREAM = "stage01-logs-stream";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int KINESIS_RECORD = 1_000_000;
  private static final Pattern CLOUD = Pattern.compile("cloud\\D+(http://[^,\\s]+)");

  /** How often a quarter may fit into the whole, the start of the compiler in it. */
  private static final double LINEAR = 10;

  @TempDir Path directory;
  private AppProcess process;
  private AwsClients clients;
  private int neighbours;

  @BeforeEach
  void start() throws Exception {
    process =
        new AppProcess(
            directory,
            Map.of("FLUSH_INTERVAL_MS", "1000", "ROUTES_RELOAD", "false"),
            List.of(
                "-Xmx256m", "-jar", Path.of("target/camel-app.jar").toAbsolutePath().toString()));
    process.intake();
    Matcher cloud = CLOUD.matcher(process.written());
    assertThat(cloud.find()).as(process.written()).isTrue();
    clients = AwsClients.ofEmbedded(URI.create(cloud.group(1)), "us-east-1");
  }

  @AfterEach
  void stop() {
    clients.close();
    process.close();
  }

  /**
   * A hostile Kinesis record.
   *
   * @param records that are rejected of it, counted over all its dead letters
   * @param accepted by service {@code tiny}
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Hostile(byte[] data, int records, int accepted) {}

  @Test
  void hostile_records_are_dead_letters_and_their_neighbours_are_in_the_lake() throws Exception {
    long seed = System.nanoTime();
    System.out.println("Hostile stream with seed " + seed);
    Random random = new Random(seed);
    long end = System.nanoTime() + Duration.ofMinutes(Long.getLong("hostile.minutes", 0)).toNanos();
    int rejected = 0;
    int tiny = 0;
    do {
      for (Map.Entry<String, Hostile> hostile : shapes(random).entrySet()) {
        System.out.println("  " + hostile.getKey());
        putNeighbour();
        put(hostile.getValue().data());
        putNeighbour();
        rejected += hostile.getValue().records();
        tiny += hostile.getValue().accepted();
      }
      int expectedTiny = tiny;
      await().atMost(LIMIT).until(() -> inLake("neighbour") == neighbours);
      await().atMost(LIMIT).until(() -> inLake("tiny") == expectedTiny);
      assertThat(process.handle().isAlive()).isTrue();
    } while (System.nanoTime() < end);

    assertThat(lake("neighbour").stream().distinct()).hasSize(neighbours);
    assertThat(lake("tiny").stream().distinct()).hasSize(tiny);
    DeadLetterQueue queue = new DeadLetterQueue(clients.sqs(), "stage01-dlq");
    int expectedRejected = rejected;
    // Those at which the app just looks come back.
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(rejectedOf(queue.takeAll())).isEqualTo(expectedRejected));
    assertThat(process.written()).doesNotContain("OutOfMemoryError");
    LakeReaders.assertReadable(directory.resolve("data/s3/md-raw-logs"), (long) neighbours + tiny);
  }

  @Test
  void the_time_for_bad_lines_grows_with_their_number_and_not_faster() throws Exception {
    put(lines("x", KINESIS_RECORD / 2));
    putNeighbour();
    await().atMost(SOON).until(() -> inLake("neighbour") == neighbours);

    double quarter = cpuSecondsOf(lines("x", KINESIS_RECORD / 8));
    double whole = cpuSecondsOf(lines("x", KINESIS_RECORD / 2));

    System.out.println(
        "CPU seconds of a quarter %.2f, of the whole %.2f".formatted(quarter, whole));
    assertThat(whole).isLessThan(LINEAR * Math.max(quarter, 0.2));
  }

  private double cpuSecondsOf(byte[] data) throws Exception {
    Duration before = process.handle().info().totalCpuDuration().orElseThrow();
    for (int i = 0; i < 8; i++) {
      put(data);
    }
    putNeighbour();
    await().atMost(SOON).until(() -> inLake("neighbour") == neighbours);
    Duration after = process.handle().info().totalCpuDuration().orElseThrow();
    return after.minus(before).toMillis() / 1e3;
  }

  private static Map<String, Hostile> shapes(Random random) throws IOException {
    Map<String, Hostile> shapes = new LinkedHashMap<>();
    int count = 400_000 + random.nextInt(99_000);
    shapes.put("a mebibyte of bad lines", new Hostile(lines("x", count), count, 0));
    shapes.put("empty objects", new Hostile(lines("{}", count * 2 / 3), count * 2 / 3, 0));
    shapes.put("an array of numbers", new Hostile(array("1", count), count, 0));
    shapes.put("an array of empty objects", new Hostile(array("{}", count / 2), count / 2, 0));
    for (Packing packing : Packing.values()) {
      int many = 1_000_000 + random.nextInt(7_000_000);
      shapes.put(
          packing + " of " + many + " bad lines",
          new Hostile(packing.of(lines("x", many)), many, 0));
      int objects = 5_000_000 + random.nextInt(500_000);
      shapes.put(
          packing + " of " + objects + " empty objects",
          new Hostile(packing.of(lines("{}", objects)), objects, 0));
      shapes.put(packing + " bomb", new Hostile(packing.of(new byte[200_000_000]), 1, 0));
      byte[] member = packing.of("x\n".getBytes(UTF_8));
      int members = 900_000 / member.length;
      shapes.put(packing + " of many members", new Hostile(repeated(member, members), members, 0));
    }
    shapes.put("deep", new Hostile(repeated("[".getBytes(UTF_8), KINESIS_RECORD), 2, 0));
    shapes.put("deep objects", new Hostile(repeated("{\"a\":".getBytes(UTF_8), 190_000), 1, 0));
    shapes.put("wide", new Hostile(wide(), 1, 0));
    shapes.put("gathered tiny ones", new Hostile(gathered("x", 140_000), 140_000, 0));
    shapes.put("NULs", new Hostile(new byte[KINESIS_RECORD], 1, 0));
    int events = 60_000 + random.nextInt(20_000);
    shapes.put("events", new Hostile(Packing.GZIP.of(events(random, events)), 0, events));
    shapes.put(
        "more events than there can be",
        new Hostile(Packing.GZIP.of(events(random, 300_000)), 1, 0));
    // Up to what a Kinesis record may unpack to.
    int good = 250_000 + random.nextInt(70_000);
    shapes.put(
        "as many good lines as there can be",
        new Hostile(Packing.GZIP.of(good(random, good, 0)), 0, good));
    shapes.put(
        "good and bad lines in turn",
        new Hostile(Packing.ZSTD.of(good(random, good, 1)), good, good));
    return shapes;
  }

  private static byte[] good(Random random, int count, int bad) {
    StringBuilder lines = new StringBuilder();
    int first = random.nextInt(1_000_000_000);
    for (int i = 0; i < count; i++) {
      lines
          .append("{\"service\":\"tiny\",\"ts\":1795000000,\"n\":")
          .append(first + (long) i)
          .append("}\n");
      lines.append("x\n".repeat(bad));
    }
    return lines.toString().getBytes(UTF_8);
  }

  /** What a subscription of CloudWatch Logs sends. */
  private static byte[] events(Random random, int count) {
    int first = random.nextInt(1_000_000_000);
    StringBuilder document =
        new StringBuilder("{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logGroup\":\"tiny\"")
            .append(",\"logStream\":\"s\",\"subscriptionFilters\":[],\"logEvents\":[");
    for (int i = 0; i < count; i++) {
      document
          .append(i == 0 ? "" : ",")
          .append("{\"id\":\"")
          .append(first + (long) i)
          .append("\",\"timestamp\":1795000000000,\"message\":\"x\"}");
    }
    return document.append("]}").toString().getBytes(UTF_8);
  }

  private static byte[] wide() {
    StringBuilder object = new StringBuilder("{\"a\":0");
    for (int i = 0; object.length() < KINESIS_RECORD - 20; i++) {
      object.append(",\"").append(Integer.toString(i, 36)).append("\":0");
    }
    return object.append('}').toString().getBytes(UTF_8);
  }

  private static byte[] lines(String line, int count) {
    return repeated((line + "\n").getBytes(UTF_8), count);
  }

  private static byte[] array(String element, int count) {
    return ("[" + (element + ",").repeat(count - 1) + element + "]").getBytes(UTF_8);
  }

  private static byte[] repeated(byte[] piece, int count) {
    byte[] all = new byte[piece.length * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(piece, 0, all, i * piece.length, piece.length);
    }
    return all;
  }

  @SuppressWarnings("deprecation") // The format's choice.
  private static byte[] gathered(String record, int count) {
    Messages.AggregatedRecord.Builder message =
        Messages.AggregatedRecord.newBuilder().addPartitionKeyTable("k");
    Messages.Record one =
        Messages.Record.newBuilder()
            .setPartitionKeyIndex(0)
            .setData(ByteString.copyFromUtf8(record))
            .build();
    for (int i = 0; i < count; i++) {
      message.addRecords(one);
    }
    byte[] body = message.build().toByteArray();
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    framed.writeBytes(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2});
    framed.writeBytes(body);
    framed.writeBytes(Hashing.md5().hashBytes(body).asBytes());
    return framed.toByteArray();
  }

  private enum Packing {
    GZIP,
    ZLIB,
    ZSTD;

    byte[] of(byte[] plain) throws IOException {
      if (this == ZSTD) {
        return Zstd.compress(plain);
      }
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out =
          this == GZIP ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
        out.write(plain);
      }
      return packed.toByteArray();
    }
  }

  private void putNeighbour() {
    put(
        "{\"service\":\"neighbour\",\"timestamp\":\"2026-11-20T09:00:00Z\",\"n\":%d}"
            .formatted(neighbours++)
            .getBytes(UTF_8));
  }

  private void put(byte[] data) {
    clients
        .kinesis()
        .putRecord(
            put -> put.streamName(STREAM).partitionKey("k").data(SdkBytes.fromByteArray(data)));
  }

  private List<String> lake(String service) {
    return new Lake(clients.s3(), "md-raw-logs")
        .linesOf(service).values().stream().flatMap(List::stream).toList();
  }

  private int inLake(String service) {
    assertThat(process.handle().isAlive()).as("still running").isTrue();
    return clients
        .s3()
        .listObjectsV2Paginator(
            list -> list.bucket("md-raw-logs").prefix("service=" + service + "/"))
        .contents()
        .stream()
        .mapToInt(
            object ->
                Integer.parseInt(
                    clients
                        .s3()
                        .headObject(head -> head.bucket("md-raw-logs").key(object.key()))
                        .metadata()
                        .get("records")))
        .sum();
  }

  /** How many records each dead letter holds, by its id. */
  /** How many records are in these letters, of which some may be copies. */
  private static int rejectedOf(List<DeadLetter> letters) {
    Map<String, Integer> records = new TreeMap<>();
    letters.forEach(letter -> records.put(letter.id(), letter.records()));
    return records.values().stream().mapToInt(Integer::intValue).sum();
  }
}
