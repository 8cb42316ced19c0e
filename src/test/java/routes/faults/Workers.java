package routes.faults;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import routes.cloud.LeaseClients;
import routes.deadletter.ClaimChecks;
import routes.deadletter.DeadLetters;
import routes.kinesis.leases.DynamoDb;
import routes.kinesis.leases.LeaseTable;
import routes.signal.Signal;

/** Workers that share the stage's streams through leases, while they are written to. */
final class Workers implements AutoCloseable {

  /** Something that happens to the workers. */
  interface Event {
    void happen() throws Exception;
  }

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Stage stage;
  private final SentRecords sent = new SentRecords();
  private final SentPoison poison;
  private final LakeReader lake;
  private final DynamoDb dynamoDb = new DynamoDb();
  private final LeaseClients clients;
  private final Map<Signal, LeaseTable> leases = new EnumMap<>(Signal.class);
  private final Load load = new Load();

  /**
   * Begins to write; nobody reads yet, and there are no tables.
   *
   * @param pauseMillis between two records of a signal
   */
  Workers(Stage stage, Random random, long pauseMillis) throws Exception {
    this.stage = stage;
    poison =
        new SentPoison(
            new DeadLetters(new ClaimChecks(stage.clients().s3(), Stage.LAKE), Stage.PARSER));
    lake = new LakeReader(stage.clients().s3());
    clients = stage.clients().forLeases(dynamoDb.endpoint());
    for (Signal signal : Signal.values()) {
      leases.put(signal, new LeaseTable(clients, signal));
      load.start(
          new StreamSender(
              stage.kinesis(),
              new Lines(signal, "stream-" + signal.word(), new Random(random.nextLong())),
              sent,
              poison,
              new Random(random.nextLong())),
          pauseMillis);
    }
  }

  DynamoDb dynamoDb() {
    return dynamoDb;
  }

  void createTables() {
    leases.values().forEach(LeaseTable::create);
  }

  AppProcess start(String name) throws IOException {
    return stage.startWorker(name, dynamoDb.endpoint());
  }

  /** A worker that stops in order leaves nothing that would have to expire. */
  void stop(AppProcess worker) throws InterruptedException {
    worker.stop();
    assertThat(owners()).doesNotContain(worker.pid());
  }

  /** The one of these that has most shards, or one of several. */
  AppProcess busiest(List<AppProcess> workers) {
    List<Long> owners = owners();
    return Collections.max(
        workers,
        Comparator.comparing((AppProcess worker) -> Collections.frequency(owners, worker.pid())));
  }

  /**
   * Lets it happen and waits until every shard has one of these workers and all that was sent
   * before is in the lake.
   */
  void after(String what, Event event, List<AppProcess> workers) throws Exception {
    Set<String> before = sent.acknowledged();
    long start = System.nanoTime();
    event.happen();
    patiently().until(() -> leases.keySet().stream().allMatch(of -> isShared(of, workers)));
    double shared = secondsSince(start);
    patiently().until(() -> lake.numbers().containsAll(before));
    System.out.printf(
        "%-30s all shards have a worker after %5.1f s, all records are delivered after %5.1f s%n",
        what, shared, secondsSince(start));
    assertThat(lake.read()).extracting(Stored::number).doesNotHaveDuplicates();
  }

  /** The same, and then waits until the shards are spread evenly among these workers. */
  void evenAfter(String what, Event event, AppProcess... workers) throws Exception {
    long start = System.nanoTime();
    after(what, event, List.of(workers));
    List<Long> processes = Stream.of(workers).map(AppProcess::pid).toList();
    patiently()
        .until(
            () ->
                leases.entrySet().stream()
                    .allMatch(of -> of.getValue().isEven(open(of.getKey()), processes)));
    System.out.printf(
        "%30s the load is even after %5.1f s: %s%n", "", secondsSince(start), spread());
    assertThat(lake.read()).extracting(Stored::number).doesNotHaveDuplicates();
  }

  /** Ends the writing, waits until all is in the lake and stops whoever still works. */
  Outcome finish(Tally tally) throws Exception {
    load.finish();
    Aftermath.drain(stage, sent);
    stage.stopAll();
    dynamoDb.calls().forEach((operation, calls) -> tally.add("DynamoDB " + operation, calls));
    return Aftermath.outcome(stage, sent, poison, tally);
  }

  @Override
  public void close() {
    load.close();
    clients.close();
    dynamoDb.close();
  }

  private String spread() {
    return leases.entrySet().stream()
        .map(of -> of.getKey().word() + " " + of.getValue().spread(open(of.getKey())))
        .collect(joining(", "));
  }

  private List<Long> owners() {
    return leases.entrySet().stream()
        .flatMap(of -> of.getValue().owners(open(of.getKey())).values().stream())
        .toList();
  }

  private List<String> open(Signal signal) {
    return stage.shards(signal).openNames();
  }

  private boolean isShared(Signal signal, List<AppProcess> workers) {
    assertThat(stage.unexpectedExits()).isEmpty();
    List<String> shards = open(signal);
    Collection<Long> owners = leases.get(signal).owners(shards).values();
    return owners.size() == shards.size()
        && workers.stream().map(AppProcess::pid).toList().containsAll(owners);
  }

  private static ConditionFactory patiently() {
    return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250));
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
