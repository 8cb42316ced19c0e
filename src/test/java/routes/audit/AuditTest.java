package routes.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.RunningApp;
import routes.Settings;
import routes.cloud.ResourceSettings;
import routes.ledger.Account;
import routes.ledger.Arrivals;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.ObjectOrigin;
import routes.ledger.ObjectSum;
import routes.ledger.Position;
import routes.ledger.ReceiptStore;
import routes.ledger.Receipts;
import routes.ledger.SettingsGuard;
import routes.ledger.ShardId;
import routes.partition.Partition;
import routes.partition.RecordPart;
import routes.signal.Layer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The audit finds nothing in a lake that is as it should be, and names each thing done to it. */
@TestInstance(Lifecycle.PER_CLASS)
class AuditTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String BUCKET = "md-raw-logs";
  private static final int RECORDS = 600;

  /** An object as it was before something was done to it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Original(Map<String, String> metadata, byte[] content) {}

  private final Map<String, Original> lake = new HashMap<>();
  private RunningApp app;
  private S3Client s3;
  private String key;

  @BeforeAll
  void deliver(@TempDir Path home) throws Exception {
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", home.resolve("data").toString(),
                "INBOX_DIR", home.resolve("inbox").toString(),
                "KINESIS_SHARD_COUNT", "3",
                "FLUSH_INTERVAL_MS", "300",
                "FLUSH_MAX_RECORDS", "40"));
    s3 = app.aws().s3();
    assertThat(
            app.ingest(
                IntStream.range(0, RECORDS).mapToObj(AuditTest::line).collect(joining("\n"))))
        .isEqualTo(200);
    // One that came before, and one that is no record.
    assertThat(app.ingest(line(7))).isEqualTo(200);
    app.putOnStream("no record");
    await().atMost(SOON).until(() -> audit().contains("%,15d in the lake".formatted(RECORDS)));
    // Until a checkpoint says so, what no object holds is on its way, and not missing.
    await().atMost(SOON).until(() -> audit().contains("%,15d not delivered yet".formatted(0)));
    for (S3Object object : s3.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents()) {
      var stored = s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(object.key()));
      lake.put(object.key(), new Original(stored.response().metadata(), stored.asByteArray()));
    }
    await().atMost(SOON).until(() -> lake.entrySet().stream().allMatch(this::isInCheckpoint));
    key =
        lake.keySet().stream()
            .filter(name -> lines(name).length > 2)
            .sorted()
            .findFirst()
            .orElseThrow();
  }

  @AfterEach
  void mend() {
    for (S3Object object : s3.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents()) {
      s3.deleteObject(delete -> delete.bucket(BUCKET).key(object.key()));
    }
    lake.forEach((name, original) -> put(name, original.metadata(), original.content()));
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @Test
  void all_is_accounted_for() throws Exception {
    assertThat(audit())
        .contains(
            "%,15d records read".formatted(RECORDS + 1),
            "%,15d in the lake".formatted(RECORDS),
            "%,15d copies".formatted(1),
            "%,15d missing".formatted(0),
            "%,15d elements that are no records".formatted(1),
            "%,15d faults".formatted(0))
        .doesNotContain("NOT ALL");
    assertThat(code("--service", "s1")).isZero();
  }

  @Test
  void an_object_that_is_deleted_is_missing_by_each_of_its_records() throws Exception {
    s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));

    assertThat(audit())
        .contains("%,15d missing".formatted(lines(key).length), "NOT ALL ACCOUNTED FOR");
    assertThat(faults("MISSING")).hasSize(lines(key).length);
    assertThat(code()).isEqualTo(1);
  }

  @Test
  void an_object_that_is_there_again_under_another_suffix_is_double() throws Exception {
    put(key + ".gz", lake.get(key).metadata(), lake.get(key).content());

    assertThat(faults("DOUBLE")).singleElement().asString().contains(key);
    assertThat(code()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"other-name", "other-hour", "other-service"})
  void an_object_that_is_not_in_its_place_is_named(String how) throws Exception {
    String place =
        switch (how) {
          case "other-name" -> key.replace("part-", "part-0");
          case "other-hour" -> key.replace("hour=09", "hour=08");
          default -> key.replace("service=s", "service=t");
        };
    put(place, lake.get(key).metadata(), lake.get(key).content());
    s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));

    assertThat(faults("MISPLACED")).singleElement().asString().contains(place);
    assertThat(faults("MISSING")).hasSize(lines(key).length);
  }

  @Test
  void a_copy_without_an_origin_is_unknown() throws Exception {
    put(key.replace("part-", "copy-"), Map.of(), lake.get(key).content());

    assertThat(faults("UNKNOWN")).singleElement().asString().contains("copy-");
    assertThat(code()).isEqualTo(1);
  }

  @Test
  void a_line_that_is_cut_out_is_missing() throws Exception {
    String[] lines = lines(key);
    rewrite(String.join("\n", List.of(lines).subList(1, lines.length)) + "\n");

    assertThat(faults("MISSING")).singleElement().asString().contains(key);
    assertThat(faults("")).hasSize(1);
  }

  @Test
  void a_line_that_is_there_twice_is_double() throws Exception {
    rewrite(lines(key)[0] + "\n" + String.join("\n", lines(key)) + "\n");

    assertThat(faults("")).singleElement().asString().startsWith("DOUBLE").contains(key);
  }

  @Test
  void a_line_that_was_changed_is_altered_and_its_record_missing() throws Exception {
    rewrite(String.join("\n", lines(key)).replaceFirst("Message", "Massage") + "\n");

    assertThat(faults("ALTERED")).singleElement().asString().contains("line 1");
    assertThat(faults("MISSING")).hasSize(1);
  }

  @Test
  void an_object_that_was_emptied_lacks_its_records() throws Exception {
    rewrite("");

    assertThat(audit()).contains("%,15d missing".formatted(lines(key).length));
    assertThat(code()).isEqualTo(1);
  }

  @Test
  void an_object_that_is_damaged_is_named() throws Exception {
    put(key, lake.get(key).metadata(), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});

    assertThat(faults("UNREADABLE")).singleElement().asString().contains(key);
  }

  @Test
  void only_one_service_is_looked_at_when_asked_for() throws Exception {
    String service = key.substring("service=".length(), key.indexOf('/'));
    s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));

    assertThat(code("--service", service)).isEqualTo(1);
    assertThat(code("--service", service.equals("s1") ? "s2" : "s1")).isZero();
  }

  @Test
  void only_what_arrived_before_is_looked_at_when_asked_for() throws Exception {
    s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));

    assertThat(audit("--to", "2026-01-01T00:00:00Z")).contains("%,15d records read".formatted(0));
    assertThat(code("--to", "2026-01-01T00:00:00Z")).isZero();
    assertThat(code("--to", "2100-01-01T00:00:00Z")).isEqualTo(1);
  }

  @Test
  void the_standing_audit_finds_nothing_amiss() {
    StandingAudit audit = standing();

    assertThat(audit.result()).isEqualTo(StandingAudit.Result.NONE);
    AuditReport.Stream report = audit.report();
    assertThat(report.balanced()).isTrue();
    assertThat(report.total())
        .isEqualTo(new Balance(Instant.EPOCH, RECORDS + 2, RECORDS, 1, 1, 0, 0));
    assertThat(report.lake())
        .singleElement()
        .satisfies(hour -> assertThat(hour.hour()).isEqualTo(Instant.parse("2026-11-20T09:00:00Z")))
        .satisfies(hour -> assertThat(hour.objects()).isEqualTo(lake.size()))
        .satisfies(hour -> assertThat(hour.records()).isEqualTo(RECORDS));
    assertThat(report.services()).hasSize(5);
  }

  @Test
  void the_standing_audit_finds_that_fewer_were_read_than_acknowledged() {
    await().atMost(SOON).until(() -> standing().report().accepted().acknowledged() == RECORDS + 1);
    assertThat(standing().report().accepted().missing()).isZero();
    ResourceSettings resources = app.settings().resources();
    ShardId shard = checkpoints().keySet().iterator().next();
    long hour = Arrivals.hour(Instant.now());
    Receipts more = new Receipts();
    more.add(shard.shard(), hour, new Receipts.Count(2 * RECORDS, 0, "1"));
    String document = "receipts/%s/%s/other.json".formatted(shard.stream(), ReceiptStore.day(hour));
    s3.putObject(
        put -> put.bucket(resources.state()).key(document),
        RequestBody.fromBytes(ReceiptStore.document(more)));

    StandingAudit audit = standing();

    assertThat(audit.report().accepted().losses())
        .singleElement()
        .satisfies(loss -> assertThat(loss.shard()).isEqualTo(shard.shard()));
    assertThat(audit.report().balanced()).isFalse();
    assertThat(audit.result().unaccounted()).isEqualTo(audit.report().accepted().missing());
    s3.deleteObject(delete -> delete.bucket(resources.state()).key(document));
  }

  @Test
  void the_standing_audit_names_an_object_that_is_gone() {
    s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));

    assertThat(standing().result().faults())
        .singleElement()
        .satisfies(
            fault -> assertThat(fault.group()).isEqualTo(key.substring(0, key.indexOf("/part-"))))
        .satisfies(fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.MISSING))
        .satisfies(fault -> assertThat(fault.where()).endsWith(key.replace(".jsonl", "")))
        .satisfies(
            fault ->
                assertThat(fault.what()).contains("with %s records".formatted(lines(key).length)));
  }

  @Test
  void the_standing_audit_counts_objects_of_one_service_and_hour_that_are_gone() {
    long hour = Partition.parse(group()).epochHour();
    ObjectSum two =
        ObjectSum.of(UUID.randomUUID(), 100, 3).plus(ObjectSum.of(UUID.randomUUID(), 50, 4));
    Account more =
        new Account(
            0, 0, Position.START, Arrivals.NONE, new TreeMap<>(Map.of(hour, Map.of(group(), two))));
    Map<ShardId, Checkpoint> shards = new HashMap<>(checkpoints());
    shards.put(
        new ShardId("logs", Instant.EPOCH, "another"),
        new Checkpoint(Position.START, null, Map.of(), null, false, more));
    List<Fault> faults = new ArrayList<>();

    new GroupCheck(s3, BUCKET, group(), shards, faults::add).run();

    assertThat(faults)
        .containsExactly(
            new Fault(
                Fault.Kind.MISSING,
                "s3://" + BUCKET + "/" + group(),
                "2 objects are gone, with 7 records"));
  }

  @Test
  void the_standing_audit_names_an_object_that_is_there_again_under_another_suffix() {
    put(key + ".gz", lake.get(key).metadata(), lake.get(key).content());

    assertThat(standingFaults()).containsExactly("DOUBLE " + key + ".gz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other-name", "foreign-name"})
  void the_standing_audit_names_an_object_that_is_there_again_under_another_name(String how) {
    String place =
        how.equals("other-name")
            ? key.replaceFirst("part-.{8}", "part-00000000")
            : key.replace("part-", "copy-");
    put(place, lake.get(key).metadata(), lake.get(key).content());

    assertThat(standingFaults()).containsExactly("MISPLACED " + place);
  }

  @Test
  void the_standing_audit_names_an_object_that_was_moved_to_another_service() {
    String place =
        key.replaceFirst(
            "service=s.", group().startsWith("service=s1") ? "service=s2" : "service=s1");
    put(place, lake.get(key).metadata(), lake.get(key).content());
    s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));

    assertThat(standingFaults())
        .containsExactlyInAnyOrder("MISPLACED " + place, "MISSING " + key.replace(".jsonl", ""));
  }

  @Test
  void the_standing_audit_names_an_object_of_unknown_origin() {
    put(key.replace("part-", "copy-"), Map.of(), lake.get(key).content());

    assertThat(standingFaults()).containsExactly("UNKNOWN " + key.replace("part-", "copy-"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void the_standing_audit_names_an_object_of_another_size(int lines) {
    String content = String.join("\n", List.of(lines(key)).subList(0, lines));
    rewrite(lines == 2 ? content + content + "\n" : content);

    assertThat(standingFaults()).containsExactly("ALTERED " + key);
  }

  @Test
  void what_was_mended_is_no_fault_any_more() {
    s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));
    assertThat(standingFaults()).isNotEmpty();
    mend();

    assertThat(standingFaults()).isEmpty();
  }

  @Test
  void what_was_put_since_the_checkpoint_is_no_fault() {
    Map<ShardId, Checkpoint> before = new HashMap<>();
    checkpoints()
        .forEach(
            (shard, checkpoint) ->
                before.put(
                    shard,
                    new Checkpoint(Position.START, null, Map.of(), null, false, Account.NONE)));
    List<Fault> faults = new ArrayList<>();

    new GroupCheck(s3, BUCKET, group(), before, faults::add).run();

    assertThat(faults).isEmpty();
  }

  @Test
  void a_process_that_does_not_read_the_first_shard_looks_at_nothing() {
    s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));
    StandingAudit audit = standing(Set.of());

    assertThat(audit.result()).isEqualTo(StandingAudit.Result.NONE);
  }

  private String group() {
    return key.substring(0, key.indexOf("/part-"));
  }

  /** Kind and key of each. */
  private List<String> standingFaults() {
    return standing().result().faults().stream()
        .map(fault -> fault.kind() + " " + fault.where().replace("s3://" + BUCKET + "/", ""))
        .toList();
  }

  private StandingAudit standing() {
    return standing(checkpoints().keySet());
  }

  private StandingAudit standing(Set<ShardId> reading) {
    StandingAudit audit =
        new StandingAudit(
            s3,
            app.settings().resources().state(),
            Layer.RAW,
            app.settings().resources().signals().logs(),
            () -> reading,
            InstantSource.system());
    audit.round();
    audit.round();
    return audit;
  }

  private Map<ShardId, Checkpoint> checkpoints() {
    return CheckpointStore.loadAll(
        s3,
        app.settings().resources().state(),
        Layer.RAW,
        app.settings().resources().stream(),
        Instant.EPOCH);
  }

  @Test
  void an_argument_that_is_none_is_refused() throws Exception {
    assertThat(audit("--since", "today")).startsWith("--since: is no option");
    assertThat(audit("--from", "today")).startsWith("--from=today: must be a time in UTC");
    assertThat(code("--from")).isEqualTo(2);
  }

  private boolean isInCheckpoint(Map.Entry<String, Original> object) {
    ObjectOrigin origin = ObjectOrigin.of(object.getValue().metadata()).orElseThrow();
    Checkpoint checkpoint =
        new CheckpointStore(
                s3,
                app.settings().resources().state(),
                Layer.RAW,
                new SettingsGuard(new TreeMap<>(), true))
            .load(origin.shard());
    String group = object.getKey().substring(0, object.getKey().lastIndexOf('/'));
    return !origin
        .last()
        .isAfter(
            Position.latest(
                checkpoint.delivered(), checkpoint.beyond().getOrDefault(group, Position.START)));
  }

  private static String line(int number) {
    return "{\"timestamp\":\"2026-11-20T09:%s:00Z\",\"service\":\"s%s\",\"message\":\"Message %s\",\"record_id\":\"r%s\"}"
        .formatted(10 + number % 50, number % 5, number, number);
  }

  private String[] lines(String name) {
    return new String(lake.get(name).content(), UTF_8).split("\n");
  }

  private void rewrite(String content) {
    put(key, lake.get(key).metadata(), content.getBytes(UTF_8));
  }

  private void put(String name, Map<String, String> metadata, byte[] content) {
    s3.putObject(
        put -> put.bucket(BUCKET).key(name).metadata(metadata), RequestBody.fromBytes(content));
  }

  private List<String> faults(String kind) throws Exception {
    return audit()
        .lines()
        .filter(line -> line.matches("(MISSING|DOUBLE|ALTERED|MISPLACED|UNKNOWN|UNREADABLE) .*"))
        .filter(line -> line.startsWith(kind))
        .toList();
  }

  private String audit(String... arguments) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    run(out, arguments);
    return out.toString(UTF_8);
  }

  private int code(String... arguments) throws InterruptedException {
    return run(new ByteArrayOutputStream(), arguments);
  }

  private int run(ByteArrayOutputStream out, String... arguments) throws InterruptedException {
    Settings settings = app.settings();
    return new AuditCommand(
            settings.resources(),
            new RecordPart(settings.records()).streamParsers(),
            settings.delivery().dedupeWindow())
        .run(List.of(arguments), app.aws().kinesis(), s3, new PrintStream(out, true, UTF_8));
  }
}
