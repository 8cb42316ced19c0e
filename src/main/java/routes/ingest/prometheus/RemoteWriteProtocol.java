package routes.ingest.prometheus;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.http.DecodedBody;
import routes.http.HttpProblem;
import routes.http.MalformedBodyException;
import routes.http.Reply;
import routes.http.RequestHead;
import routes.ingest.InvalidRecordsException;
import routes.ingest.MappedRecords;
import routes.ingest.Protocol;
import routes.ingest.Received;
import routes.record.Intake;
import routes.record.RecordParser;

/** Metrics as Prometheus writes them to remote storage, in version 1 or 2. */
@ThreadSafe
public final class RemoteWriteProtocol implements Protocol {

  private static final String TYPE = "application/x-protobuf";
  private static final String FIRST = "prometheus.WriteRequest";
  private static final String SECOND = "io.prometheus.write.v2.Request";

  private final RecordParser parser;
  private final String serviceLabel;
  private final Clock clock;

  /**
   * @param parser of metrics
   * @param serviceLabel the label whose value is a series' service, such as {@code job}
   */
  public RemoteWriteProtocol(RecordParser parser, String serviceLabel) {
    this(parser, serviceLabel, Clock.systemUTC());
  }

  RemoteWriteProtocol(RecordParser parser, String serviceLabel, Clock clock) {
    this.parser = parser;
    this.serviceLabel = serviceLabel;
    this.clock = clock;
  }

  /**
   * {@inheritDoc} Samples, native histograms and exemplars are records.
   *
   * @param request whose type tells the version, and whose service series have without the label
   * @throws HttpProblem 415 when the type is another
   * @throws MalformedBodyException when the body is no such request
   */
  @Override
  public Received read(DecodedBody body, RequestHead request) {
    MappedRecords mapped = new MappedRecords(parser, clock.instant(), body.memory());
    SeriesRecords records =
        new SeriesRecords(
            parser, mapped, serviceLabel, request.service().orElse(MappedRecords.UNKNOWN_SERVICE));
    String message = message(request.type());
    try {
      WriteRequest series =
          message.equals(SECOND) ? WriteRequest.second(body) : WriteRequest.first(body);
      for (int i = 0; i < series.size(); i++) {
        long held = series.memory(i);
        body.memory().require(held);
        records.add(series.series(i));
        body.memory().giveBack(held);
      }
    } catch (IOException malformed) {
      throw new MalformedBodyException(
          "The body is no %s: %s".formatted(message, malformed.getMessage()));
    }
    Intake intake = mapped.intake();
    return new Received(intake, () -> answer(intake, records.written()));
  }

  /**
   * What is answered with 400 is not sent again, so that the acceptable samples of such a request
   * are taken as well.
   *
   * @param written the headers by which version 2 has a sender know what of its request was taken
   */
  private static Reply answer(Intake intake, Map<String, String> written) {
    if (intake.rejected().isEmpty()) {
      return new Reply(204, "text/plain", new byte[0]).with(written);
    }
    throw new InvalidRecordsException(
        "%s of %s samples were not written, the first of them: %s"
            .formatted(
                intake.rejectedCount(),
                intake.rejectedCount() + intake.accepted().size(),
                intake.rejected().get(0).rejection().message()),
        written);
  }

  @Override
  public Reply refuse(HttpProblem problem, @Nullable String type) {
    return Reply.text(problem.status(), problem.detail());
  }

  /** The name of the protobuf message that a {@code Content-Type} tells; the first if none. */
  private static String message(@Nullable String type) {
    String[] parts = (type == null ? TYPE : type).split(";");
    String message =
        Arrays.stream(parts)
            .skip(1)
            .map(String::strip)
            .filter(part -> part.toLowerCase(Locale.ROOT).startsWith("proto="))
            .map(part -> part.substring("proto=".length()).replace("\"", ""))
            .findFirst()
            .orElse(FIRST);
    if (!parts[0].strip().equalsIgnoreCase(TYPE)
        || !(message.equals(FIRST) || message.equals(SECOND))) {
      throw HttpProblem.unsupported(
          "Content-Type must be %s, with proto=%s or proto=%s".formatted(TYPE, FIRST, SECOND));
    }
    return message;
  }
}
