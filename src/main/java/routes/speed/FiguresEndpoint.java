package routes.speed;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import routes.http.HttpProblem;
import routes.http.api.Request;
import routes.signal.Signal;

/** {@code GET /api/figures}: figures of a signal over time, for charts, tables and spreadsheets. */
final class FiguresEndpoint {

  private static final int MAX_PARTS = 100;
  private static final int USUAL_POINTS = 300;
  private static final int MAX_POINTS = 2_000;
  private static final int MAX_STEP = 7 * 86_400;
  private static final int[] STEPS = {60, 300, 900, Key.HOUR, 21_600, 86_400, MAX_STEP};

  private final Optional<FigureStore> store;
  private final InstantSource clock;

  /**
   * @param store empty = nothing is counted
   */
  FiguresEndpoint(Optional<FigureStore> store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** How figures are given. */
  enum As {
    /** Points of all together, and totals of the parts. */
    JSON,
    /** A line for each figure. */
    CSV,
    /** Sums by level and by service, as a search counts. */
    COUNTS
  }

  /**
   * The answer.
   *
   * @param counting whether anything is counted
   * @param parts those with most records: services, or the series of the service that was asked for
   * @param others the rest of the parts together, null where there is no more
   * @param times when steps began, in seconds since 1970
   * @param columns as long as {@code times}; rates a second, and of values null where there are
   *     none
   */
  record Answer(
      boolean counting,
      String signal,
      Instant from,
      Instant to,
      int stepSeconds,
      List<Part> parts,
      @Nullable Part others,
      List<Long> times,
      Map<String, List<@Nullable Double>> columns) {}

  /** The total of a service or of a series; null where nothing has a value. */
  record Part(
      String name,
      long records,
      long bytes,
      long errors,
      long traces,
      long measured,
      @Nullable Double mean,
      @Nullable Double smallest,
      @Nullable Double largest,
      @Nullable Double p50,
      @Nullable Double p95,
      @Nullable Double p99) {

    static Part of(String name, Figure figure) {
      return new Part(
          name,
          figure.records,
          figure.bytes,
          figure.errors,
          figure.traces.count(),
          figure.measured,
          number(figure.total / figure.measured),
          number(figure.smallest),
          number(figure.largest),
          number(figure.quantiles.at(0.5)),
          number(figure.quantiles.at(0.95)),
          number(figure.quantiles.at(0.99)));
    }
  }

  Object answer(Request request) {
    Signal signal = request.oneOf("signal", Signal.class).orElse(Signal.LOGS);
    Instant to = request.instant("to").orElseGet(clock::instant);
    Instant from = request.instant("from").orElse(to.minus(Duration.ofHours(1)));
    if (!from.isBefore(to)) {
      throw HttpProblem.badRequest("from must be before to");
    }
    long span = Duration.between(from, to).toSeconds();
    int step = request.integer("step", usualStep(span), Key.MINUTE, MAX_STEP);
    if (step % Key.MINUTE != 0 || span / step > MAX_POINTS) {
      throw HttpProblem.badRequest(
          "step must be a multiple of 60, and give at most %s points".formatted(MAX_POINTS));
    }
    FigureQuery query =
        new FigureQuery(
            step % Key.HOUR == 0 ? Key.HOUR : Key.MINUTE,
            signal,
            Key.floor(from, step),
            to,
            request.text("service"),
            request.text("series"));
    return switch (request.oneOf("as", As.class).orElse(As.JSON)) {
      case JSON -> answer(query, step);
      case CSV ->
          new FiguresCsv(sink -> ask(figures -> figures.read(query, sink)), signal.word() + ".csv");
      case COUNTS -> counts(query, step);
    };
  }

  private FigureCounts.Counts counts(FigureQuery query, int step) {
    FigureCounts counts = new FigureCounts(query.signal(), step);
    ask(figures -> figures.read(query, counts));
    return counts.sums(store.isPresent());
  }

  /** Something that is asked of the database. */
  private interface Question {
    void ask(FigureStore figures) throws SQLException;
  }

  private void ask(Question question) {
    try {
      if (store.isPresent()) {
        question.ask(store.get());
      }
    } catch (SQLException failure) {
      throw HttpProblem.unavailable(
          "The database of the figures does not answer: " + failure.getMessage());
    }
  }

  /** Points of all together, and the parts. */
  Answer answer(FigureQuery query, int step) {
    Map<Instant, Figure> points = new TreeMap<>();
    for (Instant at = query.from(); at.isBefore(query.to()); at = at.plusSeconds(step)) {
      points.put(at, new Figure());
    }
    Map<String, Figure> parts = new LinkedHashMap<>();
    ask(
        figures ->
            figures.largest(query, MAX_PARTS).forEach(name -> parts.put(name, new Figure())));
    Figure others = new Figure();
    FigureQuery.Sink sink =
        (key, figure) -> {
          points.computeIfAbsent(Key.floor(key.start(), step), none -> new Figure()).addAll(figure);
          parts
              .getOrDefault(query.service().isPresent() ? key.series() : key.service(), others)
              .addAll(figure);
        };
    ask(figures -> figures.read(query, sink));
    return new Answer(
        store.isPresent(),
        query.signal().word(),
        query.from(),
        query.to(),
        step,
        parts.entrySet().stream()
            .map(part -> Part.of(part.getKey(), part.getValue()))
            .sorted(Comparator.comparingLong(Part::records).reversed().thenComparing(Part::name))
            .toList(),
        others.records == 0 ? null : Part.of("", others),
        points.keySet().stream().map(Instant::getEpochSecond).toList(),
        columns(points.values().stream().toList(), step));
  }

  private static Map<String, List<@Nullable Double>> columns(List<Figure> points, int step) {
    Map<String, List<@Nullable Double>> columns = new LinkedHashMap<>();
    columns.put("records", column(points, figure -> (double) figure.records / step));
    columns.put("bytes", column(points, figure -> (double) figure.bytes / step));
    columns.put("errors", column(points, figure -> (double) figure.errors / step));
    columns.put("mean", column(points, figure -> figure.total / figure.measured));
    columns.put("smallest", column(points, figure -> figure.smallest));
    columns.put("largest", column(points, figure -> figure.largest));
    columns.put("p50", column(points, figure -> figure.quantiles.at(0.5)));
    columns.put("p95", column(points, figure -> figure.quantiles.at(0.95)));
    columns.put("p99", column(points, figure -> figure.quantiles.at(0.99)));
    return columns;
  }

  private static List<@Nullable Double> column(
      List<Figure> points, ToDoubleFunction<Figure> value) {
    List<@Nullable Double> column = new ArrayList<>();
    points.forEach(point -> column.add(number(value.applyAsDouble(point))));
    return column;
  }

  /** JSON has no other numbers. */
  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static int usualStep(long span) {
    return IntStream.of(STEPS)
        .filter(step -> span / step <= USUAL_POINTS)
        .findFirst()
        .orElse(MAX_STEP);
  }
}
