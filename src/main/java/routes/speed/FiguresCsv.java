package routes.speed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import routes.http.api.Content;

/** Figures as a table for spreadsheets (RFC 4180), in the order of time. */
final class FiguresCsv implements Content {

  private static final String HEAD =
      "start,seconds,service,series,records,bytes,errors,traces,measured,total,smallest,largest,latest,p50,p95,p99\r\n";

  private final Consumer<FigureQuery.Sink> figures;
  private final String name;

  /**
   * @param figures gives them
   * @param name of the file
   */
  FiguresCsv(Consumer<FigureQuery.Sink> figures, String name) {
    this.figures = figures;
    this.name = name;
  }

  @Override
  public String type() {
    return "text/csv";
  }

  @Override
  public Optional<String> fileName() {
    return Optional.of(name);
  }

  @Override
  public void writeTo(OutputStream out) {
    PrintWriter lines = new PrintWriter(out, false, UTF_8);
    lines.print(HEAD);
    figures.accept((key, figure) -> lines.print(line(key, figure)));
    lines.flush();
  }

  private static String line(Key key, Figure figure) {
    StringBuilder line = new StringBuilder();
    line.append(key.start()).append(',').append(key.seconds());
    line.append(',').append(text(key.service())).append(',').append(text(key.series()));
    line.append(',').append(figure.records).append(',').append(figure.bytes);
    line.append(',').append(figure.errors).append(',').append(figure.traces.count());
    line.append(',').append(figure.measured);
    for (double value :
        new double[] {
          figure.total,
          figure.smallest,
          figure.largest,
          figure.latest,
          figure.quantiles.at(0.5),
          figure.quantiles.at(0.95),
          figure.quantiles.at(0.99)
        }) {
      line.append(',');
      if (figure.measured > 0 && Double.isFinite(value)) {
        line.append(value);
      }
    }
    return line.append("\r\n").toString();
  }

  /** In quotes, and so that no spreadsheet takes it for a formula. */
  private static String text(String text) {
    String safe = text.matches("[=+\\-@\\t\\r](?s:.*)") ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }
}
