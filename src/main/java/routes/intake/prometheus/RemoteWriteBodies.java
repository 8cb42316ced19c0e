package routes.intake.prometheus;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import routes.intake.InvalidRecordsException;
import routes.intake.MalformedBodyException;
import routes.intake.MappedRecords;
import routes.intake.QueryParameters;
import routes.intake.Reply;
import routes.intake.UnknownTypeException;
import routes.record.Intake;
import routes.record.RecordParser;
import routes.record.RejectedRecord;

/** Reads the data points of requests of remote write, and words what was taken. Thread-safe. */
public final class RemoteWriteBodies {

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
  public RemoteWriteBodies(RecordParser parser, String serviceLabel) {
    this(parser, serviceLabel, Clock.systemUTC());
  }

  RemoteWriteBodies(RecordParser parser, String serviceLabel, Clock clock) {
    this.parser = parser;
    this.serviceLabel = serviceLabel;
    this.clock = clock;
  }

  /**
   * Sorts the samples, native histograms and exemplars of a body from those that are not
   * acceptable.
   *
   * @param type of the body, which tells the version
   * @param query of the URL, where {@code service} names the service of series without the label;
   *     or null
   * @param header the same service in {@code X-Service}, or null; the query comes first
   * @throws UnknownTypeException when the type is another
   * @throws MalformedBodyException when the body is no such request
   */
  public Written read(
      byte[] body, @Nullable String type, @Nullable String query, @Nullable String header) {
    String service =
        QueryParameters.of(query)
            .service(header)
            .filter(name -> !name.isEmpty())
            .orElse(MappedRecords.UNKNOWN_SERVICE);
    SeriesRecords records =
        new SeriesRecords(new MappedRecords(parser, clock.instant()), serviceLabel, service);
    String message = message(type);
    try {
      WriteRequest request =
          message.equals(SECOND) ? WriteRequest.second(body) : WriteRequest.first(body);
      for (int i = 0; i < request.size(); i++) {
        records.add(request.series(i));
      }
    } catch (IOException malformed) {
      throw new MalformedBodyException(
          "The body is no %s: %s".formatted(message, malformed.getMessage()));
    }
    return records.written();
  }

  /**
   * Success, when nothing was rejected. What is answered with 400 is not sent again, so that the
   * acceptable samples of such a request are taken as well.
   *
   * @throws InvalidRecordsException when something is not acceptable
   */
  public Reply answer(Written written) {
    Intake intake = written.intake();
    if (intake.rejected().isEmpty()) {
      return new Reply(204, "text/plain", new byte[0]).with(written.headers());
    }
    RejectedRecord first = intake.rejected().get(0);
    throw new InvalidRecordsException(
        "%s of %s samples were not written, the first of them: %s"
            .formatted(
                intake.rejected().size(),
                intake.rejected().size() + intake.accepted().size(),
                first.rejection().message()),
        List.of(),
        written.headers());
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
      throw new UnknownTypeException(
          "Content-Type must be %s, with proto=%s or proto=%s".formatted(TYPE, FIRST, SECOND));
    }
    return message;
  }
}
