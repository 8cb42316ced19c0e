package routes.local.sqs;

import java.io.IOException;
import java.util.Set;
import java.util.TreeMap;

/** All queues by name. */
final class Queues {

  /** Begins the path of a queue's URL, as it does with LocalStack. */
  static final String ACCOUNT = "000000000000";

  private final QueueFiles files;
  private final TreeMap<String, Queue> queues = new TreeMap<>();

  Queues(QueueFiles files) throws IOException {
    this.files = files;
    for (StoredQueue stored : files.queues()) {
      queues.put(stored.name(), Queue.restore(files, stored));
    }
  }

  /**
   * A queue's URL.
   *
   * @param host what the client called, with its port
   */
  static String url(String name, String host) {
    return "http://%s/%s/%s".formatted(host, ACCOUNT, name);
  }

  Set<String> names() {
    return queues.keySet();
  }

  boolean has(String name) {
    return queues.containsKey(name);
  }

  Queue get(String name) {
    Queue queue = queues.get(name);
    if (queue == null) {
      throw SqsException.noQueue(name);
    }
    return queue;
  }

  /** The queue whose URL a request has. */
  Queue of(Members request) {
    String url = request.required("QueueUrl");
    return get(url.substring(url.lastIndexOf('/') + 1));
  }

  void create(StoredQueue settings) throws IOException {
    queues.put(settings.name(), Queue.create(files, settings));
  }

  void delete(Queue queue) throws IOException {
    files.delete(queue.settings().name());
    queues.remove(queue.settings().name());
  }
}
