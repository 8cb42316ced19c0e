package routes.record;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * The names a record's fields go by. Of several that are present the first in the list counts. A
 * name with dots, such as {@code kubernetes.labels.app}, is found both as it stands and within
 * objects, whichever of its dots part their names.
 *
 * <p>Each list must contain the canonical name of its field: {@code timestamp}, {@code service},
 * {@code level}, {@code message}.
 */
public record FieldNames(
    List<String> timestamp, List<String> service, List<String> level, List<String> message) {

  /** A name can stand in twice as many places with each dot more. */
  private static final int MAX_DOTS = 10;

  /**
   * The names common shippers and loggers use: ECS, Fluent Bit, Vector, OpenTelemetry, Splunk,
   * Datadog, GELF, journald, Google Cloud, Serilog, .NET, Python.
   */
  public static final FieldNames DEFAULT =
      of(
          "timestamp,@timestamp,time,date,ts,_time,@t,datetime,asctime,Timestamp,__REALTIME_TIMESTAMP",
          "service,service.name,service_name,app,serviceName,appname,_service,SYSLOG_IDENTIFIER",
          "level,severity,severity_text,status,loglevel,levelname,log.level,severityText,@l,lvl,"
              + "Level,LogLevel,PRIORITY",
          "message,msg,log,body,text,short_message,@m,textPayload,fields.message,Message,MESSAGE");

  public FieldNames {
    timestamp = checked("timestamp", timestamp);
    service = checked("service", service);
    level = checked("level", level);
    message = checked("message", message);
  }

  /**
   * The names of one field as settings give them, separated by commas.
   *
   * @param canonical the name that must be one of them
   * @throws IllegalArgumentException when it is not, or a name is blank or there twice
   */
  public static List<String> names(String canonical, String names) {
    return checked(canonical, Arrays.stream(names.split(",", -1)).map(String::strip).toList());
  }

  private static FieldNames of(String timestamp, String service, String level, String message) {
    return new FieldNames(
        names("timestamp", timestamp),
        names("service", service),
        names("level", level),
        names("message", message));
  }

  private static List<String> checked(String canonical, List<String> names) {
    if (!names.contains(canonical)) {
      throw new IllegalArgumentException("must include the name " + canonical + " itself");
    }
    if (names.stream().anyMatch(String::isBlank) || new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("must not have a name that is blank or there twice");
    }
    if (names.stream().anyMatch(name -> name.chars().filter(c -> c == '.').count() > MAX_DOTS)) {
      throw new IllegalArgumentException("must not have a name with more than 10 dots");
    }
    return List.copyOf(names);
  }
}
