package routes.demo.scenario;

import java.util.Locale;
import routes.demo.text.Text;

/** What is true of an anomaly, as a record for the lake, by which detectors can be scored. */
public record Label(Anomaly anomaly, Phase phase) {

  /** The service of these records. */
  public static final String SERVICE = "_truth";

  /** Whether it begins, with the end that is planned, or has ended. */
  public enum Phase {
    BEGIN,
    END
  }

  /** Writes it as a line of JSON. */
  public void write(Text line) {
    Scenario scenario = anomaly.scenario();
    boolean begins = phase == Phase.BEGIN;
    line.clear().put("{\"timestamp\":\"").time(begins ? anomaly.startNanos() : anomaly.endNanos());
    line.put("\",\"service\":\"" + SERVICE + "\",\"level\":\"INFO\",\"message\":\"");
    line.put(Text.escaped(scenario.description()));
    put(line, "log_type", "truth");
    put(line, "phase", phase.name().toLowerCase(Locale.ROOT));
    put(line, "anomaly_id", anomaly.id());
    put(line, "scenario", scenario.id());
    put(line, "anomaly_type", scenario.type());
    put(line, "place", scenario.place().name());
    put(line, "shape", scenario.shapeName());
    line.put("\",\"intensity\":").decimal(scenario.intensity(), 3);
    line.put(",\"start\":\"").time(anomaly.startNanos());
    line.put("\",\"end\":\"").time(anomaly.endNanos());
    line.put("\",\"affected\":[");
    for (Affected one : anomaly.affected()) {
      putAffected(line, one);
    }
    line.cut(line.length() - 1).put("],\"record_id\":\"");
    line.put(anomaly.id()).put('-').put(phase.name().toLowerCase(Locale.ROOT)).put("\"}");
  }

  /** Failed and slow calls are noticed before what spreads with delay. */
  private void putAffected(Text line, Affected one) {
    line.put("{\"service\":\"").put(one.service().name());
    line.put("\",\"share\":").decimal(one.share(), 3);
    line.put(",\"start\":\"").time(anomaly.startNanos() + one.firstNanos());
    line.put("\",\"spreads\":\"").time(anomaly.startNanos() + one.delayNanos());
    line.put("\",\"end\":\"").time(anomaly.endNanos() + one.lastNanos()).put("\"},");
  }

  private static void put(Text line, String name, String value) {
    line.put("\",\"").put(name).put("\":\"").put(Text.escaped(value));
  }
}
