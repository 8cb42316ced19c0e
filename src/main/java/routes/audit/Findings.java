package routes.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import routes.signal.Layer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * What the standing audit found in one bucket of the lake. Kept in the state bucket, so that it
 * outlasts the process.
 *
 * @param hours those that were compared, by whole hours since 1970-01-01T00:00Z
 * @param faults those that were there when their hour was compared last
 */
record Findings(SortedMap<Long, Compared> hours, List<Finding> faults) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** An hour that was compared; the time is in milliseconds since 1970. */
  record Compared(int services, long objects, long records, long atMillis) {}

  /** A fault in a group; the time is when it was found first, in milliseconds since 1970. */
  record Finding(String group, long atMillis, Fault.Kind kind, String where, String what) {

    static Finding of(String group, long atMillis, Fault fault) {
      return new Finding(group, atMillis, fault.kind(), fault.where(), fault.what());
    }

    boolean isSame(Finding other) {
      return kind == other.kind && where.equals(other.where) && what.equals(other.what);
    }
  }

  Findings {
    hours = new TreeMap<>(hours);
    faults = List.copyOf(faults);
  }

  /** The same with what is found in a group now, in place of what was found there before. */
  Findings with(String group, List<Finding> now) {
    List<Finding> all =
        new ArrayList<>(faults.stream().filter(f -> !f.group().equals(group)).toList());
    for (Finding found : now) {
      all.add(faults.stream().filter(found::isSame).findAny().orElse(found));
    }
    return new Findings(hours, all);
  }

  /** The same with an hour that was compared as a whole. */
  Findings withHour(long hour, Compared compared) {
    TreeMap<Long, Compared> all = new TreeMap<>(hours);
    all.put(hour, compared);
    return new Findings(all, faults);
  }

  /** The same without what is older. */
  Findings since(long hour, long millis) {
    return new Findings(
        hours.tailMap(hour), faults.stream().filter(fault -> fault.atMillis() >= millis).toList());
  }

  /**
   * Those of a stream, or none.
   *
   * @throws IllegalStateException when they cannot be read
   */
  static Findings load(S3Client s3, String state, Layer layer, String stream) {
    String key = key(layer, stream);
    try {
      return JSON.readValue(
          s3.getObjectAsBytes(get -> get.bucket(state).key(key)).asByteArray(), Findings.class);
    } catch (NoSuchKeyException none) {
      return new Findings(new TreeMap<>(), List.of());
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          "s3://%s/%s cannot be read: %s. Delete it, and what was found before is forgotten."
              .formatted(state, key, unreadable.getMessage()),
          unreadable);
    }
  }

  void save(S3Client s3, String state, Layer layer, String stream) {
    try {
      byte[] document = JSON.writeValueAsBytes(this);
      s3.putObject(
          put -> put.bucket(state).key(key(layer, stream)).contentType("application/json"),
          RequestBody.fromBytes(document));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Where the role may write; no stream's checkpoints are there, as those have a number next. */
  private static String key(Layer layer, String stream) {
    return "checkpoints/audit/%s/%s.json".formatted(layer.word(), stream);
  }
}
