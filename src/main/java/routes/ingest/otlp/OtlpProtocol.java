package routes.ingest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.errorprone.annotations.ThreadSafe;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.http.DecodedBody;
import routes.http.HttpProblem;
import routes.http.MalformedBodyException;
import routes.http.Reply;
import routes.http.RequestHead;
import routes.ingest.MappedRecords;
import routes.ingest.Protocol;
import routes.ingest.Received;
import routes.json.ByteSlice;
import routes.record.Intake;
import routes.record.RecordParser;
import routes.record.RecordParsers;
import routes.signal.Signal;

/**
 * OpenTelemetry's OTLP over HTTP, in protobuf and JSON, and over gRPC: {@code
 * ExportLogsServiceRequest} and its like, each signal under a path of its own.
 */
@ThreadSafe
public final class OtlpProtocol implements Protocol {

  private static final String ROOT = "/v1/";

  /** The paths of OTLP over gRPC, whose services have one method each. */
  private static final Map<String, Signal> CALLS =
      Map.of(
          "/opentelemetry.proto.collector.logs.v1.LogsService/Export", Signal.LOGS,
          "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", Signal.METRICS,
          "/opentelemetry.proto.collector.trace.v1.TraceService/Export", Signal.TRACES);

  private final RecordParsers parsers;
  private final Clock clock;

  public OtlpProtocol(RecordParsers parsers) {
    this(parsers, Clock.systemUTC());
  }

  OtlpProtocol(RecordParsers parsers, Clock clock) {
    this.parsers = parsers;
    this.clock = clock;
  }

  /**
   * {@inheritDoc} An empty request holds neither.
   *
   * @param request whose path tells the signal and whose type the encoding, and whose service
   *     resources have without {@code service.name}
   * @throws HttpProblem 404 when there is no such signal; 415 when the type is none of the path's
   * @throws MalformedBodyException when the body is no such request
   */
  @Override
  public Received read(DecodedBody body, RequestHead request) {
    RecordParser parser = parsers.of(signal(request.path()));
    Encoding encoding = encoding(request);
    Map<String, JsonMessages.Fault> faults = new LinkedHashMap<>();
    MappedRecords records = new MappedRecords(parser, clock.instant(), body.memory());
    String service = request.service().orElse(MappedRecords.UNKNOWN_SERVICE);
    try {
      ByteSlice protobuf =
          encoding == Encoding.JSON
              ? JsonRequests.toProtobuf(body, parser.signal(), faults)
              : ByteSlice.of(body.bytes());
      new ExportRequest(
              parser, new ExportedRecords(parser, records, service, faults), body.memory())
          .read(protobuf);
    } catch (InvalidProtocolBufferException malformed) {
      throw new MalformedBodyException("The body is no protobuf: " + malformed.getMessage());
    } catch (JsonProcessingException malformed) {
      throw MalformedBodyException.notJson("OTLP/JSON", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    Intake intake = records.intake();
    return new Received(intake, () -> OtlpAnswers.success(intake, parser.signal(), request.type()));
  }

  @Override
  public Reply refuse(HttpProblem problem, @Nullable String type) {
    return OtlpAnswers.refusal(problem, type);
  }

  private static Signal signal(String path) {
    Signal called = CALLS.get(path);
    if (called != null) {
      return called;
    }
    String word = path.substring(Math.min(path.length(), ROOT.length())).replaceFirst("/$", "");
    return Signal.of(word).orElseThrow(() -> HttpProblem.notFound(path));
  }

  private static Encoding encoding(RequestHead request) {
    boolean call = CALLS.containsKey(request.path());
    return Encoding.of(request.type())
        .filter(encoding -> call == (encoding == Encoding.GRPC))
        .orElseThrow(
            () ->
                HttpProblem.unsupported(
                    call
                        ? "Content-Type must be " + Encoding.GRPC.type()
                        : "Content-Type must be %s or %s"
                            .formatted(Encoding.PROTOBUF.type(), Encoding.JSON.type())));
  }
}
