package routes.dashboard.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.dashboard.stats.History.Columns;
import routes.files.DurableFiles;
import routes.http.api.Json;

/** The charts of the last hour as a file, some 100 KB, for the next start. */
public final class ChartFile {

  private static final Logger LOG = LoggerFactory.getLogger(ChartFile.class);

  private static final ObjectReader READER =
      Json.MAPPER
          .readerFor(Stored.class)
          .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private final Path folder;
  private final Path file;

  /** Series by name, of which a later version may know others. */
  private record Stored(
      @JsonProperty(required = true) long stepSeconds,
      @JsonProperty(required = true) List<Long> times,
      @JsonProperty(required = true) Map<String, List<@Nullable Double>> series) {}

  /**
   * @param folder where it is kept; it need not exist
   */
  public ChartFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("charts.json");
  }

  /** What was written last; empty if there is nothing that can be read. */
  public Optional<Columns> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Stored stored = READER.readValue(Files.readAllBytes(file));
      Map<Series, List<@Nullable Double>> known = new EnumMap<>(Series.class);
      for (Series series : Series.values()) {
        known.put(series, stored.series().getOrDefault(series.key(), List.of()));
      }
      return Optional.of(new Columns(stored.stepSeconds(), stored.times(), known));
    } catch (IOException unusable) {
      LOG.warn("The charts begin anew: {} cannot be read ({})", file, unusable.getMessage());
      return Optional.empty();
    }
  }

  /** Replaces what was written last; what cannot be written is not kept. */
  public void write(Columns columns) {
    try {
      DurableFiles.createDirectories(folder);
      DurableFiles.replace(file, Json.bytes(columns));
    } catch (IOException failed) {
      LOG.warn("The charts will begin anew: {} cannot be written ({})", file, failed.getMessage());
    }
  }
}
