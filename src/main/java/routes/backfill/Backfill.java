package routes.backfill;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import routes.cloud.ObjectHeads;
import routes.format.ObjectFormat;
import routes.ledger.ObjectOrigin;
import routes.ledger.ShardId;
import routes.partition.Partition;
import routes.signal.Signals;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Makes what the batch layer lacks of one signal. Objects are named after where they begin and put
 * if absent, so whoever else makes the same meets this one's, and then looks again at what is
 * missing. For one thread.
 */
final class Backfill {

  /** Precondition Failed, and Conflict, which S3 answers to puts at the same time. */
  private static final List<Integer> IS_THERE = List.of(412, 409);

  /** Each time another one has put an object, so this is a matter of many at once. */
  private static final int MAX_ATTEMPTS = 100;

  private final S3Client s3;
  private final Signals.Place raw;
  private final String bucket;
  private final Frontier frontier;
  private final ObjectSize size;
  private final ObjectFormat format;
  private final ObjectHeads heads;
  private final ObjectLines lines;
  private final PrintStream out;
  private long objects;
  private long records;
  private long ahead;
  private long late;
  private long unknown;

  /**
   * When an object is large enough.
   *
   * @param bytes of lines, before compression
   */
  record ObjectSize(long bytes, int records) {}

  /**
   * @param raw where the records are
   * @param bucket of the batch layer
   * @param out is told what was made of each hour
   */
  Backfill(
      S3Client s3,
      Signals.Place raw,
      String bucket,
      Frontier frontier,
      ObjectSize size,
      ObjectFormat format,
      ObjectHeads heads,
      PrintStream out) {
    this.s3 = s3;
    this.raw = raw;
    this.bucket = bucket;
    this.frontier = frontier;
    this.size = size;
    this.format = format;
    this.heads = heads;
    this.lines = new ObjectLines(s3);
    this.out = out;
  }

  /** Whether the batch layer now has all that the raw one has of these hours. */
  boolean run(BackfillOptions options) throws IOException, InterruptedException {
    out.printf("%s: s3://%s -> s3://%s%n", raw.signal().word(), raw.bucket(), bucket);
    new RawHours(s3, raw.bucket()).each(options, this::make);
    out.printf(Locale.ROOT, "%,15d records put in %,d objects%n", records, objects);
    if (ahead > 0) {
      out.printf(
          Locale.ROOT,
          "%,15d raw objects left, which the batch layer has not passed or the stream still has%n",
          ahead);
    }
    if (late > 0) {
      out.printf(
          Locale.ROOT, "%,15d hours of a shard left, of which the raw layer has less%n", late);
    }
    if (unknown > 0) {
      out.printf(
          Locale.ROOT, "%,15d raw objects left that do not say which records they hold%n", unknown);
    }
    return ahead == 0 && late == 0 && unknown == 0;
  }

  private void make(Partition hour, List<String> keys) throws IOException, InterruptedException {
    Map<ShardId, List<LayerObject>> there = new HashMap<>();
    unknown += keys.size() - read(raw.bucket(), keys, there);
    long objectsBefore = objects;
    long recordsBefore = records;
    for (Map.Entry<ShardId, List<LayerObject>> shard : there.entrySet()) {
      make(hour, shard.getKey(), shard.getValue());
    }
    if (objects > objectsBefore) {
      out.printf(
          Locale.ROOT,
          "%s: %,d records in %,d objects%n",
          hour.path(),
          records - recordsBefore,
          objects - objectsBefore);
    }
  }

  private void make(Partition hour, ShardId shard, List<LayerObject> there)
      throws IOException, InterruptedException {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      // In this order: what lies before the frontier is then in the batch layer, or never will be.
      var passed = frontier.passed(shard, hour.path());
      ShardHour state = new ShardHour(there, batch(hour, shard), passed, lines);
      if (put(hour, state)) {
        ahead += state.ahead();
        late += state.isLate() ? 1 : 0;
        return;
      }
    }
    throw new IllegalStateException(
        "Others have put objects of %s into %s %s times: let them end first"
            .formatted(hour.path(), bucket, MAX_ATTEMPTS));
  }

  private List<LayerObject> batch(Partition hour, ShardId shard) throws InterruptedException {
    List<String> keys =
        s3
            .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(hour.path() + "/"))
            .contents()
            .stream()
            .map(S3Object::key)
            .toList();
    Map<ShardId, List<LayerObject>> there = new HashMap<>();
    read(bucket, keys, there);
    return there.getOrDefault(shard, List.of());
  }

  /** Adds the objects that say what they hold, and answers how many those are. */
  private int read(String from, List<String> keys, Map<ShardId, List<LayerObject>> to)
      throws InterruptedException {
    List<LayerObject> found = new ArrayList<>();
    Consumer<ObjectHeads.Head> add =
        head -> {
          Optional<ObjectOrigin> origin =
              ObjectOrigin.of(head.metadata()).filter(says -> says.names(head.key()));
          origin.ifPresent(says -> found.add(new LayerObject(from, head.key(), says)));
        };
    heads.read(from, keys, add);
    found.forEach(
        object ->
            to.computeIfAbsent(object.origin().shard(), shard -> new ArrayList<>()).add(object));
    return found.size();
  }

  /** Whether all that was missing is put, by this one alone. */
  private boolean put(Partition hour, ShardHour state) throws IOException {
    RawLines next = new RawLines(raw.signal());
    for (Piece piece : state.missing()) {
      byte[] more = piece.lines() == null ? lines.of(piece.raw()) : piece.lines();
      int count = ObjectLines.count(more);
      if (!next.isEmpty()
          && (next.bytes() + more.length > size.bytes()
              || next.records() + count > size.records()
              || state.isDelivered(next.last(), piece.first()))) {
        if (!put(hour, next)) {
          return false;
        }
        next = new RawLines(raw.signal());
      }
      next.add(piece, more, count);
    }
    return next.isEmpty() || put(hour, next);
  }

  private boolean put(Partition hour, RawLines content) throws IOException {
    String key = content.place().nameIn(hour).stem() + format.suffix();
    byte[] object = format.encode(content);
    try {
      s3.putObject(
          put -> put.bucket(bucket).key(key).metadata(content.origin()).ifNoneMatch("*"),
          RequestBody.fromBytes(object));
    } catch (S3Exception answer) {
      if (IS_THERE.contains(answer.statusCode())) {
        return false;
      }
      throw answer;
    }
    objects++;
    records += content.records();
    return true;
  }
}
