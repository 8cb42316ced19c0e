package routes.ingest;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.app.Threads;
import routes.record.Intake;
import routes.record.RecordParsers;

/** Records over HTTP. */
public final class IngestPart implements Part {

  private static final int DEAD_LETTER_THREADS = 8;

  private final ExecutorService deadLetterThreads =
      Threads.pool("dead-letter", DEAD_LETTER_THREADS);
  private final IngestSettings settings;
  private final Map<String, Protocol> protocols;
  private final Admission admission;
  private final Consumer<Intake> keptOut;
  private final String url;

  /**
   * @param admission turns requests away while records cannot be published
   * @param keptOut is told of the records of a request that are all kept out for the invalid ones
   * @param url of the server; empty = this process takes nothing in
   */
  public IngestPart(
      IngestSettings settings,
      RecordParsers parsers,
      Admission admission,
      Consumer<Intake> keptOut,
      String url) {
    this.settings = settings;
    this.protocols = Protocols.byPath(parsers, settings.serviceLabel());
    this.admission = admission;
    this.keptOut = keptOut;
    this.url = url;
  }

  /** All there are, by the path under which each is spoken. */
  public Map<String, Protocol> protocols() {
    return protocols;
  }

  @Override
  public void bind(Main main) {
    main.bind("admission", admission);
    main.bind(
        "ingest", new Ingest(protocols, new RejectedRecords(settings.deadLetters()), keptOut));
    main.bind("dead-letter-threads", deadLetterThreads);
  }

  @Override
  public String summary() {
    return url.isEmpty()
        ? ""
        : "intake     %s/api/ingest and %s/*.jsonl".formatted(url, settings.inboxDir());
  }

  @Override
  public void close() {
    deadLetterThreads.shutdown();
  }
}
