package routes.local;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.ElasticMQError;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.msg.CreateQueue;
import org.elasticmq.msg.RestoreMessages;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;

/** ElasticMQ on a loopback port, its queues and messages kept on disk. */
final class QueueServer {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** A queue's URL begins with whatever host and port the client called. */
  private static final NodeAddress ADDRESS_OF_THE_REQUEST = new NodeAddress("http", "*", 0, "");

  private static final String SETTINGS =
      """
      pekko.loglevel = WARNING
      pekko.jvm-shutdown-hooks = off
      pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
      pekko.actor.default-dispatcher.fork-join-executor.parallelism-min = 2
      pekko.actor.default-dispatcher.fork-join-executor.parallelism-max = 8
      # Longer than the longest wait of a ReceiveMessage call, 20 seconds.
      pekko.http.server.request-timeout = 30 s
      # Nothing here is due to the hundredth of a second, its default, which costs the idle process most.
      pekko.scheduler.tick-duration = 100 ms
      """;

  private final ActorSystem system;
  private final int port;

  private QueueServer(ActorSystem system, int port) {
    this.system = system;
    this.port = port;
  }

  static QueueServer start(Path directory, String region, String account) throws Exception {
    ActorSystem system =
        ActorSystem.create(
            "local-cloud-sqs",
            ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load()));
    try {
      QueueFiles files = new QueueFiles(directory);
      ActorRef journal =
          system.actorOf(Props.create(QueueJournal.class, () -> new QueueJournal(files)));
      ActorRef queues =
          system.actorOf(
              Props.create(
                  QueueManagerActor.class,
                  () ->
                      new QueueManagerActor(
                          new NowProvider(), StrictSQSLimits$.MODULE$, Option.apply(journal))));
      restore(files, queues);
      int port =
          SQSRestServerBuilder.withActorSystem(system)
              .withQueueManagerActor(queues)
              .withInterface("127.0.0.1")
              .withDynamicPort()
              .withServerAddress(ADDRESS_OF_THE_REQUEST)
              .withAWSRegion(region)
              .withAWSAccountId(account)
              .start()
              .waitUntilStarted()
              .localAddress()
              .getPort();
      return new QueueServer(system, port);
    } catch (Exception e) {
      stop(system);
      throw e;
    }
  }

  int port() {
    return port;
  }

  void stop() throws Exception {
    stop(system);
  }

  private static void stop(ActorSystem system) throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private static void restore(QueueFiles files, ActorRef queues) throws Exception {
    Map<String, StoredQueue> waiting = new LinkedHashMap<>();
    files.queues().forEach(queue -> waiting.put(queue.name(), queue));
    for (StoredQueue queue : List.copyOf(waiting.values())) {
      restore(queue, waiting, files, queues);
    }
  }

  /** A queue that dead letters go to must be there before the queue they come from. */
  private static void restore(
      StoredQueue queue, Map<String, StoredQueue> waiting, QueueFiles files, ActorRef queues)
      throws Exception {
    if (waiting.remove(queue.name()) == null) {
      return;
    }
    StoredQueue redriveTo = waiting.get(queue.redriveTo());
    if (redriveTo != null) {
      restore(redriveTo, waiting, files, queues);
    }
    ActorRef actor = create(queue, queues);
    List<InternalMessage> messages =
        files.messages(queue.name()).stream().map(StoredMessage::toMessage).toList();
    ask(actor, new RestoreMessages(CollectionConverters.asScala(messages).toList()));
  }

  private static ActorRef create(StoredQueue queue, ActorRef queues) throws Exception {
    @SuppressWarnings("unchecked")
    var answer =
        (Either<ElasticMQError, ActorRef>) ask(queues, new CreateQueue(queue.toCreateQueueData()));
    if (answer instanceof scala.util.Right<ElasticMQError, ActorRef> created) {
      return created.value();
    }
    throw new IOException("Queue %s cannot be restored: %s".formatted(queue.name(), answer));
  }

  private static Object ask(ActorRef actor, Object message)
      throws InterruptedException, ExecutionException, TimeoutException {
    return Patterns.ask(actor, message, TIMEOUT).toCompletableFuture().get();
  }
}
