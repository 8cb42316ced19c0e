package routes.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import routes.ledger.ObjectSum;
import routes.partition.Partition;
import routes.signal.Layer;
import routes.signal.Signals;

/**
 * Whether all is accounted for, of the last day.
 *
 * @param records that arrived on the streams, by the first layer
 * @param balanced whether all of them are accounted for, in each layer
 */
record AuditReport(Instant at, long records, boolean balanced, List<Stream> streams) {

  static AuditReport of(Instant at, List<Stream> streams) {
    return new AuditReport(
        at,
        streams.stream()
            .filter(stream -> stream.layer().equals(Layer.RAW.word()))
            .mapToLong(stream -> stream.total().read())
            .sum(),
        streams.stream().allMatch(Stream::balanced),
        streams);
  }

  /**
   * A stream in one layer.
   *
   * @param accepted what Kinesis acknowledged to intakes
   * @param hours by arrival, the latest first
   * @param lake by the hours of the records' own time, the latest first
   * @param services those of the hours that are still accounted for one by one
   */
  record Stream(
      String layer,
      String signal,
      String stream,
      String bucket,
      boolean balanced,
      Accepted accepted,
      Balance total,
      List<Balance> hours,
      List<LakeHour> lake,
      List<ServiceHour> services,
      List<FoundFault> faults) {

    static Stream of(
        Layer layer,
        Signals.Place place,
        Acceptance accepted,
        List<Balance> hours,
        SortedMap<Long, Map<String, ObjectSum>> groups,
        Findings findings) {
      Balance total = Balance.total(hours);
      return new Stream(
          layer.word(),
          place.signal().word(),
          place.stream(),
          place.bucket(),
          accepted.missing() == 0 && total.unaccounted() == 0 && findings.faults().isEmpty(),
          new Accepted(
              accepted.acknowledged(), accepted.underWay(), accepted.missing(), accepted.losses()),
          total,
          hours,
          findings.hours().entrySet().stream()
              .map(hour -> LakeHour.of(hour.getKey(), hour.getValue()))
              .sorted(Comparator.comparing(LakeHour::hour).reversed())
              .toList(),
          services(groups),
          findings.faults().stream().map(FoundFault::of).toList());
    }

    private static List<ServiceHour> services(SortedMap<Long, Map<String, ObjectSum>> groups) {
      List<ServiceHour> services = new ArrayList<>();
      groups.forEach(
          (hour, sums) ->
              sums.forEach(
                  (group, sum) ->
                      services.add(
                          new ServiceHour(
                              Balance.start(hour),
                              Partition.parse(group).service(),
                              sum.objects(),
                              sum.records(),
                              sum.bytes()))));
      services.sort(
          Comparator.comparing(ServiceHour::hour).reversed().thenComparing(ServiceHour::service));
      return services;
    }
  }

  /** What was acknowledged; what of that is missing was never read. */
  record Accepted(long acknowledged, long underWay, long missing, List<Acceptance.Loss> losses) {}

  /** An hour of the lake that was compared with what was put there. */
  record LakeHour(Instant hour, int services, long objects, long records, Instant compared) {

    static LakeHour of(long hour, Findings.Compared compared) {
      return new LakeHour(
          Balance.start(hour),
          compared.services(),
          compared.objects(),
          compared.records(),
          Instant.ofEpochMilli(compared.atMillis()));
    }
  }

  /** What was put for a service and hour. */
  record ServiceHour(Instant hour, String service, long objects, long records, long bytes) {}

  /** What does not add up. */
  record FoundFault(
      Instant hour, String service, String kind, String where, String what, Instant since) {

    static FoundFault of(Findings.Finding fault) {
      Partition partition = Partition.parse(fault.group());
      return new FoundFault(
          partition.hour(),
          partition.service(),
          fault.kind().name(),
          fault.where(),
          fault.what(),
          Instant.ofEpochMilli(fault.atMillis()));
    }
  }
}
