package routes.local;

import java.io.IOException;
import org.apache.pekko.actor.AbstractActor;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent;

/**
 * Writes every change of a queue to disk before ElasticMQ answers the client that made it.
 *
 * <p>When a write fails there is no answer, so the client sees an error and tries again.
 * ElasticMQ's own SQL store is not used: it stops storing, in silence, after its first failed
 * statement, and allows one database for the whole JVM.
 */
final class QueueJournal extends AbstractActor {

  private final QueueFiles files;

  QueueJournal(QueueFiles files) {
    this.files = files;
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(QueueEvent.QueueCreated.class, e -> files.save(StoredQueue.of(e.queue())))
        .match(QueueEvent.QueueMetadataUpdated.class, e -> files.save(StoredQueue.of(e.queue())))
        .match(QueueEvent.QueueDeleted.class, e -> files.delete(e.queueName()))
        .match(QueueEvent.MessageAdded.class, e -> save(e.queueName(), e.message()))
        .match(QueueEvent.MessageUpdated.class, e -> save(e.queueName(), e.message()))
        .match(QueueEvent.MessageRemoved.class, e -> delete(e.queueName(), e.messageId()))
        .build();
  }

  private void save(String queue, InternalMessage message) throws IOException {
    files.save(queue, StoredMessage.of(message));
    confirm();
  }

  private void delete(String queue, String messageId) throws IOException {
    files.delete(queue, messageId);
    confirm();
  }

  private void confirm() {
    getSender().tell(OperationSuccessful$.MODULE$, getSelf());
  }
}
