package routes.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import routes.app.Options;
import routes.signal.Layer;

/**
 * What to compare.
 *
 * @param from the arrival of the first record; empty = the oldest that the stream has
 * @param to none that arrived then or later; empty = the newest that the stream has
 * @param service the one whose records count; empty = all
 * @param layer the one whose lake counts; empty = each that is delivered
 */
record AuditOptions(
    Optional<Instant> from, Optional<Instant> to, Optional<String> service, Optional<Layer> layer) {

  static final String USAGE =
      """
      Usage: java -jar camel-app.jar audit [--from TIME] [--to TIME] [--service NAME]
             [--layer LAYER]

      Reads what is on the streams and the objects of the lake, and names every record that is
      missing, doubled, altered or in the wrong place. Reads only; may run beside the app.

        --from TIME     only what arrived since, such as 2026-11-20T09:00:00Z
        --to TIME       only what arrived before
        --service NAME  only this service's records
        --layer LAYER   only the lake of this layer, raw or batch

      Takes the settings of the app that delivers, from the environment. On the embedded cloud the
      app must be running. Ends with 0 when all is accounted for, 1 when not, 2 when it could not
      be told.
      """;

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException when they are none; the message says which and what to do
   */
  static AuditOptions parse(List<String> arguments) {
    Map<String, String> given = Options.of(arguments, List.of("from", "to", "service", "layer"));
    return new AuditOptions(
        time(given, "from"),
        time(given, "to"),
        Optional.ofNullable(given.get("service")),
        Optional.ofNullable(given.get("layer")).map(AuditOptions::layer));
  }

  /**
   * Passes what can be compared.
   *
   * @throws IllegalArgumentException when the layer is none of these
   */
  void requireOneOf(List<Layer> delivered) {
    layer
        .filter(asked -> !delivered.contains(asked))
        .ifPresent(
            asked -> {
              throw new IllegalArgumentException(
                  "--layer=%s: is not delivered with these settings; set BATCH=true"
                      .formatted(asked.word()));
            });
  }

  private static Layer layer(String value) {
    return Stream.of(Layer.RAW, Layer.BATCH)
        .filter(layer -> layer.word().equals(value))
        .findAny()
        .orElseThrow(
            () -> new IllegalArgumentException("--layer=" + value + ": must be raw or batch"));
  }

  private static Optional<Instant> time(Map<String, String> given, String name) {
    return Optional.ofNullable(given.get(name)).map(value -> time(name, value));
  }

  private static Instant time(String name, String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeException refused) {
      throw new IllegalArgumentException(
          "--%s=%s: must be a time in UTC such as 2026-11-20T09:00:00Z".formatted(name, value),
          refused);
    }
  }
}
