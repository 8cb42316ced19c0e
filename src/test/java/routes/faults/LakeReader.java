package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import routes.format.ParquetLines;
import routes.signal.Layer;
import routes.signal.Signal;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reads the lake as its users do. Each object is read once: should it be another one later, that is
 * an error, for nothing in the lake is ever written again.
 */
final class LakeReader {

  private record Read(String eTag, List<Stored> lines) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final S3Client s3;
  private final Layer layer;
  private final Map<String, Read> objects = new HashMap<>();

  LakeReader(S3Client s3) {
    this(s3, Layer.RAW);
  }

  LakeReader(S3Client s3, Layer layer) {
    this.s3 = s3;
    this.layer = layer;
  }

  /** Every line of every object that is there now. */
  List<Stored> read() {
    for (Signal signal : Signal.values()) {
      String bucket = Stage.bucket(layer, signal);
      for (S3Object object : s3.listObjectsV2Paginator(r -> r.bucket(bucket)).contents()) {
        Read read =
            objects.computeIfAbsent(
                bucket + "/" + object.key(),
                key -> new Read(object.eTag(), lines(signal, object.key())));
        if (!read.eTag().equals(object.eTag())) {
          throw new AssertionError(object.key() + " was written again");
        }
      }
    }
    return objects.values().stream().flatMap(read -> read.lines().stream()).toList();
  }

  Set<String> numbers() {
    return read().stream().map(Stored::number).collect(Collectors.toSet());
  }

  int objects() {
    return objects.size();
  }

  private List<Stored> lines(Signal signal, String key) {
    byte[] content;
    try {
      content =
          s3.getObjectAsBytes(r -> r.bucket(Stage.bucket(layer, signal)).key(key))
              .asByteArrayUnsafe();
    } catch (NoSuchKeyException gone) {
      throw new AssertionError(key + " was listed and is not there", gone);
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(decompressed(key, content), UTF_8))) {
      List<Stored> stored = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        stored.add(
            new Stored(
                Stage.bucket(signal) + "/" + key, JSON.readTree(line).path("n").asText(), line));
      }
      return stored;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read " + key, unreadable);
    }
  }

  private static InputStream decompressed(String key, byte[] content) throws IOException {
    InputStream in = new ByteArrayInputStream(content);
    if (key.endsWith(".gz")) {
      return new GZIPInputStream(in);
    }
    if (key.endsWith(".parquet")) {
      return ParquetLines.open(in);
    }
    return key.endsWith(".zst") ? new ZstdInputStream(in) : in;
  }
}
