package routes.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import routes.demo.scenario.Label;
import routes.demo.scenario.Scenarios;
import routes.demo.simulation.Measurement;
import routes.demo.simulation.Options;
import routes.demo.simulation.Output;
import routes.demo.simulation.Simulation;
import routes.demo.simulation.Span;
import routes.demo.text.Text;
import routes.demo.town.Service;
import routes.demo.town.Town;
import routes.ledger.Arrivals;
import routes.ledger.HourCount;
import routes.ledger.ObjectOrigin;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.partition.Partition;

/**
 * A day of the demo's logs in the lake of an embedded cloud: the objects that delivery would have
 * made of it, written where that cloud keeps them. For one thread.
 */
final class SearchLake implements Output {

  static final String BUCKET = "md-raw-logs";

  private static final Duration DAY = Duration.ofDays(1);
  private static final Path END = Path.of("end");

  private final Path folder;
  private final Simulation simulation;
  private final Duration age;
  private final ShardId shard;
  private final Map<String, Open> open = new HashMap<>();
  private long number;

  /** An object that is not put yet. */
  private static final class Open {

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final Instant since;
    private final Position first;
    private int records;

    Open(Instant since, Position first) {
      this.since = since;
      this.first = first;
    }
  }

  private SearchLake(Path folder, Instant begin, long records, int objects) throws IOException {
    this.folder = Files.createDirectories(folder);
    Files.createDirectories(folder.resolve(BUCKET));
    Town town = Town.load();
    simulation =
        new Simulation(
            town,
            new Scenarios(town, Path.of("none")),
            new Options(1, begin, (double) records / DAY.toSeconds(), 3));
    age = DAY.multipliedBy(town.services().size()).dividedBy(objects);
    shard = new ShardId("stage01-logs-stream", begin, "shardId-000000000000");
  }

  /**
   * Makes it, or takes the one that an earlier call has made.
   *
   * @param data the folder that the cloud keeps everything in
   * @return when its last hour ends
   */
  static Instant in(Path data, long records, int objects) throws IOException {
    Path end = data.resolve(END);
    if (!Files.exists(end)) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
      new SearchLake(data.resolve("s3"), now.minus(DAY), records, objects).fill(now);
      Files.writeString(end, now.toString());
    }
    return Instant.parse(Files.readString(end));
  }

  private void fill(Instant end) throws IOException {
    while (simulation.now().isBefore(end)) {
      simulation.tick(this);
      Instant now = simulation.now();
      boolean hourEnds = now.getEpochSecond() % Duration.ofHours(1).toSeconds() == 0;
      for (String service : open.keySet().toArray(String[]::new)) {
        Open object = open.get(service);
        if (hourEnds || now.equals(end) || !object.since.plus(age).isAfter(now)) {
          close(service, object, now);
        }
      }
    }
  }

  @Override
  public void log(Service service, Text line) {
    number++;
    Open object =
        open.computeIfAbsent(service.name(), name -> new Open(simulation.now(), position()));
    object.lines.writeBytes(line.toBytes());
    object.lines.write('\n');
    object.records++;
  }

  private Position position() {
    return new Position(Long.toString(number), 0);
  }

  private void close(String service, Open object, Instant now) throws IOException {
    open.remove(service);
    ObjectOrigin origin = new ObjectOrigin(shard, object.first, position(), object.records);
    Arrivals arrivals =
        Arrivals.of(Arrivals.hour(object.since), new HourCount(0, object.records, 0, 0));
    Partition partition =
        new Partition(service, object.since.getEpochSecond() / Duration.ofHours(1).toSeconds());
    String key = origin.nameIn(partition).stem() + ".jsonl";
    Map<String, String> metadata = new HashMap<>(origin.toMetadata());
    metadata.putAll(arrivals.toMetadata());
    Path file = folder.resolve(BUCKET).resolve(key);
    Files.createDirectories(file.getParent());
    Files.write(file, object.lines.toByteArray());
    describe(file, object.lines.toByteArray(), metadata);
    Files.setLastModifiedTime(file, FileTime.from(now));
  }

  /** In the attributes in which the embedded cloud keeps what it knows of an object. */
  private static void describe(Path file, byte[] content, Map<String, String> metadata)
      throws IOException {
    UserDefinedFileAttributeView attributes =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    attributes.write("user.content-md5", ByteBuffer.wrap(DigestUtils.md5(content)));
    attributes.write("user.content-type", UTF_8.encode("application/x-ndjson"));
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      attributes.write("user.user-metadata." + entry.getKey(), UTF_8.encode(entry.getValue()));
    }
  }

  @Override
  public void span(Span span) {}

  @Override
  public void measurement(Measurement measurement) {}

  @Override
  public void label(Label label) {}
}
