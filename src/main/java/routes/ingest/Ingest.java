package routes.ingest;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.deadletter.DeadLetter;
import routes.http.HttpProblem;
import routes.http.Reply;
import routes.http.Request;
import routes.record.Intake;
import routes.record.LogRecord;

/** Takes requests apart into records, and answers them, each in its own protocol. */
@ThreadSafe
public final class Ingest {

  private final Map<String, Protocol> protocols;
  private final RejectedRecords rejected;
  private final Consumer<Intake> keptOut;

  /**
   * What a request brought.
   *
   * @param undeliverable what is to become dead letters
   */
  public record Ingested(Received received, List<DeadLetter> undeliverable) {

    /** All records, and what is none. */
    public Intake intake() {
      return received.intake();
    }

    /** What is to be published. */
    public List<LogRecord> accepted() {
      return intake().accepted();
    }

    /** Without a look at any record: Camel hashes a body each time an expression looks into it. */
    @Override
    public int hashCode() {
      return intake().hashCode();
    }
  }

  /**
   * @param protocols by the path under which each is spoken
   * @param keptOut is told of the records of a request that are all kept out for the invalid ones
   */
  public Ingest(
      Map<String, Protocol> protocols, RejectedRecords rejected, Consumer<Intake> keptOut) {
    this.protocols = Map.copyOf(protocols);
    this.rejected = rejected;
    this.keptOut = keptOut;
  }

  /**
   * Sorts the records of a request from what is none.
   *
   * @param id tells the request from every other
   * @throws HttpProblem when nothing of it is taken
   */
  public Ingested read(Request request, String id) {
    Protocol protocol = protocol(request.head().path());
    if (protocol == null) {
      throw HttpProblem.notFound(request.head().path());
    }
    try {
      Received received = protocol.read(request.body(), request.head());
      return new Ingested(received, rejected.of(received.intake(), request.head(), id));
    } catch (InvalidRecordsException invalid) {
      invalid.keptOut().ifPresent(keptOut);
      throw invalid;
    }
  }

  /** What of a request is to be published. */
  public List<LogRecord> accepted(Ingested ingested) {
    return ingested.accepted();
  }

  /** Whether something of a request is to become dead letters. */
  public boolean hasUndeliverable(Ingested ingested) {
    return !ingested.undeliverable().isEmpty();
  }

  /**
   * What is told of a request once the stream has what was accepted of it.
   *
   * @throws HttpProblem where that is no success
   */
  public Reply answer(Ingested ingested) {
    return ingested.received().answer().get();
  }

  /** Whether records are taken at present, in the words of the protocol at a path. */
  public Reply health(IntakeHealth health, String path) {
    Protocol protocol = protocol(path);
    return protocol == null ? health.reply() : protocol.health(health);
  }

  /** The protocol at a path or at the nearest one above. */
  private @Nullable Protocol protocol(String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      Protocol found = protocols.get(path.substring(0, end));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
