package routes.signal;

import java.util.List;
import java.util.Optional;

/** The signals that this app takes, each with its place. Logs are always among them. */
public record Signals(List<Place> places) {

  /**
   * Where a signal's records are.
   *
   * @param stream on which they travel, no other signal's
   * @param bucket in which they end, no other signal's
   */
  public record Place(Signal signal, String stream, String bucket) {}

  public Signals {
    places = List.copyOf(places);
    if (places.isEmpty() || places.get(0).signal() != Signal.LOGS) {
      throw new IllegalArgumentException("Logs must come first: " + places);
    }
  }

  /** Logs alone. */
  public static Signals logsOnly(String stream, String bucket) {
    return new Signals(List.of(new Place(Signal.LOGS, stream, bucket)));
  }

  public Place logs() {
    return places.get(0);
  }

  /** The place of a signal, or empty where it is switched off. */
  public Optional<Place> find(Signal signal) {
    return places.stream().filter(place -> place.signal() == signal).findAny();
  }

  /**
   * The place of what travels on a stream.
   *
   * @throws IllegalArgumentException when that is no stream of these
   */
  public Place of(String stream) {
    return places.stream()
        .filter(place -> place.stream().equals(stream))
        .findAny()
        .orElseThrow(
            () -> new IllegalArgumentException("Stream " + stream + " belongs to no signal"));
  }

  /** The bucket of what travels on a stream. */
  public String bucketOf(String stream) {
    return of(stream).bucket();
  }

  public List<String> streams() {
    return places.stream().map(Place::stream).toList();
  }

  public List<String> buckets() {
    return places.stream().map(Place::bucket).toList();
  }
}
