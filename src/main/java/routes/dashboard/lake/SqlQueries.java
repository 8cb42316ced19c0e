package routes.dashboard.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import routes.cloud.ResourceSettings;
import routes.http.HttpProblem;
import routes.http.api.Content;
import routes.http.api.Json;
import routes.http.api.Request;
import routes.signal.Layer;
import routes.signal.Signals;
import routes.sql.SqlEngine;
import routes.sql.SqlEngine.Format;
import routes.sql.SqlResult;
import routes.sql.TableView;
import software.amazon.awssdk.services.s3.S3Client;

/** Runs SQL over the records of some hours: copies their objects, and has them read. */
@ThreadSafe
public final class SqlQueries implements AutoCloseable {

  private static final int AT_ONCE = 2;
  private static final int READERS = 6;
  private static final int MAX_SQL = 20_000;
  private static final int MAX_ROWS = 10_000;
  private static final Duration USUAL_RANGE = Duration.ofHours(1);

  private final S3Client s3;
  private final LakeListing lake;
  private final ResourceSettings resources;
  private final Duration maxFuture;
  private final SqlEngine engine;
  private final InstantSource clock;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ExecutorService readers =
      Executors.newFixedThreadPool(
          READERS,
          new ThreadFactoryBuilder().setNameFormat("dashboard-sql-%d").setDaemon(true).build());

  /**
   * Queries of the lakes.
   *
   * @param maxFuture how far ahead records may be
   */
  public SqlQueries(
      S3Client s3,
      LakeListing lake,
      ResourceSettings resources,
      Duration maxFuture,
      SqlEngine engine,
      InstantSource clock) {
    this.s3 = s3;
    this.lake = lake;
    this.resources = resources;
    this.maxFuture = maxFuture;
    this.engine = engine;
    this.clock = clock;
  }

  /** What is to be run. */
  record SqlCommand(String sql) {}

  /** A table and its columns. */
  record TableEntry(String name, List<String> columns) {}

  /**
   * What can be asked.
   *
   * @param missing what to do before anything can; null where it can
   */
  record Tables(
      boolean available, @Nullable String missing, List<String> layers, List<TableEntry> tables) {}

  /** Which tables there are. */
  public Object tables(Request request) {
    boolean there = engine.isThere();
    return new Tables(
        there,
        there ? null : engine.missing(),
        resources.layers().stream().map(Layer::word).toList(),
        resources.signals().places().stream()
            .map(Signals.Place::signal)
            .map(signal -> new TableEntry(signal.word(), TableView.columns(signal)))
            .toList());
  }

  /** Answers with the rows of the query in the body. */
  public Object run(Request request) {
    if (!engine.isThere()) {
      throw new HttpProblem(501, engine.missing());
    }
    String sql = request.body(SqlCommand.class).sql();
    if (sql == null || sql.isBlank() || sql.length() > MAX_SQL) {
      throw HttpProblem.badRequest("sql must have 1 to %s characters".formatted(MAX_SQL));
    }
    Layer layer = request.oneOf("layer", Layer.class).orElse(Layer.RAW);
    if (!resources.layers().contains(layer)) {
      throw HttpProblem.badRequest("There is no batch layer: it is switched on with BATCH=true");
    }
    Instant to = request.instant("to").orElse(clock.instant().plus(maxFuture));
    Instant from = request.instant("from").orElse(clock.instant().minus(USUAL_RANGE));
    HourRange hours = HourRange.of(Optional.of(from), Optional.of(to), to);
    Optional<String> service = request.text("service");
    List<Signals.Place> places =
        resources.signals(layer).places().stream().filter(place -> names(sql, place)).toList();
    // A bucket or service that is not there is told before the answer begins.
    List<List<String>> services =
        places.stream().map(place -> lake.services(place.bucket(), service)).toList();
    Format format = request.oneOf("as", Format.class).orElse(Format.JSON);
    return new Content() {
      @Override
      public String type() {
        return format.type();
      }

      @Override
      public Optional<String> fileName() {
        return format == Format.JSON
            ? Optional.empty()
            : Optional.of("query." + format.name().toLowerCase(Locale.ROOT));
      }

      @Override
      public void writeTo(OutputStream out) throws Exception {
        if (!free.tryAcquire()) {
          throw new HttpProblem(429, "%s queries run already".formatted(AT_ONCE));
        }
        try {
          answer(out);
        } finally {
          free.release();
        }
      }

      private void answer(OutputStream out) throws Exception {
        Path folder = Files.createTempDirectory("camel-app-sql-");
        try (ObjectCopies copies = new ObjectCopies(s3, readers, folder, request)) {
          List<TableView> tables = new ArrayList<>();
          for (int i = 0; i < places.size(); i++) {
            Signals.Place place = places.get(i);
            for (String each : services.get(i)) {
              lake.visit(place.bucket(), each, hours, null, object -> copies.add(place, object));
            }
            tables.add(copies.table(place.signal(), from, to));
          }
          long limit = format == Format.JSON ? MAX_ROWS : Long.MAX_VALUE;
          SqlResult result = engine.run(sql, tables, folder, format, limit, request::whenGone);
          if (format == Format.JSON) {
            write(result, copies, out);
          } else {
            Files.copy(result.file(), out);
          }
        } finally {
          MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
      }
    };
  }

  /** Whether a query may read the table; a word of that name elsewhere in it does no harm. */
  private static boolean names(String sql, Signals.Place place) {
    return Pattern.compile("\\b" + place.signal().word() + "\\b", Pattern.CASE_INSENSITIVE)
        .matcher(sql)
        .find();
  }

  private static void write(SqlResult result, ObjectCopies copies, OutputStream out)
      throws IOException {
    out.write("{\"columns\":".getBytes(UTF_8));
    out.write(Json.bytes(result.columns()));
    out.write(
        ",\"complete\":%s,\"objects\":%s,\"bytes\":%s,\"rows\":["
            .formatted(result.rows() < MAX_ROWS, copies.objects(), copies.bytes())
            .getBytes(UTF_8));
    try (Stream<String> rows = Files.lines(result.file())) {
      String between = "";
      for (String row : (Iterable<String>) rows::iterator) {
        out.write((between + row).getBytes(UTF_8));
        between = ",\n";
      }
    }
    out.write("]}".getBytes(UTF_8));
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }
}
