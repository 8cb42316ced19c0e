package routes.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import routes.http.HttpProblem;

/** Runs queries, each in a child. */
@ThreadSafe
public final class SqlEngine {

  private static final String ARTIFACT = "org.duckdb:duckdb_jdbc:1.4.4.0";

  private static final String DRIVER = "org/duckdb/DuckDBDriver.class";
  private static final String DRIVER_FILE = "duckdb_jdbc*.jar";

  /** DuckDB's own limit. */
  private static final String MEMORY = "256MB";

  /** All that the child may have, for what DuckDB does not count: 2 GB, in KB. */
  private static final int ADDRESSES = 2 << 20;

  /**
   * The longest file it may write, DuckDB's native library among them: 256 MB, in blocks of 512.
   */
  private static final int FILE_BLOCKS = 512 << 10;

  private static final Path SHELL = Path.of("/bin/sh");

  private final Path lib;
  private final Duration timeout;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * An engine.
   *
   * @param lib the folder with DuckDB's driver, if it has one; the class path may have it as well
   * @param timeout after which a child is killed
   */
  public SqlEngine(Path lib, Duration timeout) {
    this.lib = lib;
    this.timeout = timeout;
  }

  /** The folder {@code lib} beside the jar that this runs from. */
  public static Path libBesideTheJar() {
    try {
      Path jar =
          Path.of(SqlEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolveSibling("lib");
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** How a result is written. */
  public enum Format {
    JSON("json", "application/json"),
    CSV("csv, HEADER", "text/csv"),
    PARQUET("parquet", "application/vnd.apache.parquet");

    private final String word;
    private final String type;

    Format(String word, String type) {
      this.word = word;
      this.type = type;
    }

    /** Its media type. */
    public String type() {
      return type;
    }
  }

  /** Whether DuckDB's driver is there. It is looked for each time, as it may be put there now. */
  public boolean isThere() {
    return driver().isPresent() || SqlEngine.class.getClassLoader().getResource(DRIVER) != null;
  }

  /** What to do where it is not there. */
  public String missing() {
    return "DuckDB is not in the jar. Put its driver into the folder lib beside camel-app.jar: mvn dependency:copy -Dartifact=%s -DoutputDirectory=%s"
        .formatted(ARTIFACT, lib.toAbsolutePath());
  }

  /**
   * Runs a query.
   *
   * @param folder has the copies that the tables read, and gets the result; to be deleted by the
   *     caller
   * @param limit how many rows the result has at most
   * @param killer is given what kills the child, for when nobody waits for it any more
   * @throws HttpProblem what is wrong with the query, or that it took too long or too much
   */
  public SqlResult run(
      String sql, List<TableView> tables, Path folder, Format format, long limit, Killer killer)
      throws IOException, InterruptedException {
    Path output = folder.resolve("result");
    SqlTask task =
        new SqlTask(
            folder.toString(),
            tables.stream().map(TableView::create).toList(),
            sql,
            format.word,
            output.toString(),
            limit);
    Process child = start(folder);
    try {
      killer.whenGone(child::destroyForcibly);
      // Kept open: its end is what the child ends with.
      OutputStream in = child.getOutputStream();
      in.write(json.writeValueAsBytes(task));
      in.write('\n');
      in.flush();
      if (!child.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw HttpProblem.badRequest(
            "The query took longer than %s s: ask for a shorter time, a service or fewer rows"
                .formatted(timeout.toSeconds()));
      }
    } catch (IOException ended) {
      // Told below.
    } finally {
      child.destroyForcibly().onExit().join();
    }
    return result(child, folder, output);
  }

  /** Told how to end what nobody waits for any more. */
  @FunctionalInterface
  public interface Killer {

    /** To be called at most once, from any thread. */
    void whenGone(Runnable kill);
  }

  private SqlResult result(Process child, Path folder, Path output) throws IOException {
    List<String> said = Files.readAllLines(folder.resolve("answer"), UTF_8);
    if (child.exitValue() != 0 || said.isEmpty()) {
      throw HttpProblem.badRequest(
          "The query took more memory or disk than it may: ask for a shorter time, a service or fewer columns");
    }
    SqlAnswer answer = json.readValue(said.get(said.size() - 1), SqlAnswer.class);
    if (answer.error() != null) {
      throw HttpProblem.badRequest(answer.error());
    }
    return new SqlResult(output, answer.columns(), answer.rows());
  }

  private Process start(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL)) {
      // The first that Linux kills where memory runs out; exec, so that killing it kills the query.
      command.addAll(
          List.of(
              SHELL.toString(),
              "-c",
              "echo 1000 > /proc/self/oom_score_adj; ulimit -v %s; ulimit -f %s; exec \"$0\" \"$@\""
                  .formatted(ADDRESSES, FILE_BLOCKS)));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:CompressedClassSpaceSize=32m",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            classPath(),
            SqlProcess.class.getName(),
            MEMORY));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("answer").toFile())
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().clear();
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    return builder.start();
  }

  private String classPath() {
    return Stream.concat(
            driver().stream(),
            Splitter.on(File.pathSeparatorChar)
                .splitToStream(System.getProperty("java.class.path"))
                .map(Path::of))
        .map(entry -> entry.toAbsolutePath().toString())
        .collect(joining(File.pathSeparator));
  }

  private Optional<Path> driver() {
    if (!Files.isDirectory(lib)) {
      return Optional.empty();
    }
    try (var found = Files.newDirectoryStream(lib, DRIVER_FILE)) {
      for (Path file : found) {
        return Optional.of(file);
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
