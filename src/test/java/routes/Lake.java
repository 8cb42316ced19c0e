package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The lake as a reader of it sees it: uncompressed objects of whole lines in partitions. */
public record Lake(S3Client s3, String bucket) {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern KEY =
      Pattern.compile(
          "(service=[^/]+/year=\\d{4}/month=\\d{2}/day=\\d{2}/hour=\\d{2})"
              + "/part-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.jsonl");

  private static final Pattern INGEST_ID = Pattern.compile(",\"ingest_id\":\"([^\"]+)\"}$");

  /** What stands in place of every {@code ingest_id} in the lines answered here. */
  public static final String SOME_ID = ",\"ingest_id\":\"…\"}";

  /** The lines of each partition of the whole lake, those of a partition in lexical order. */
  public Map<String, List<String>> lines() {
    return lines("");
  }

  /** The lines of each partition of one service. */
  public Map<String, List<String>> linesOf(String service) {
    return lines("service=" + service + "/");
  }

  /** The records of one service, whatever their hour. */
  public List<JsonNode> recordsOf(String service) {
    return linesOf(service).values().stream().flatMap(List::stream).map(Lake::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException noJson) {
      throw new UncheckedIOException(line, noJson);
    }
  }

  private Map<String, List<String>> lines(String prefix) {
    Map<String, List<String>> lines = new TreeMap<>();
    for (S3Object object :
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents()) {
      Matcher key = KEY.matcher(object.key());
      if (!key.matches()) {
        throw new AssertionError("not the key of an object of the lake: " + object.key());
      }
      lines.computeIfAbsent(key.group(1), hour -> new ArrayList<>()).addAll(linesAt(object.key()));
    }
    lines.values().forEach(hour -> hour.sort(null));
    return lines;
  }

  private List<String> linesAt(String key) {
    String content =
        new String(
            s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArrayUnsafe(), UTF_8);
    if (!content.isEmpty() && !content.endsWith("\n")) {
      throw new AssertionError(key + " does not end with a whole line: " + content);
    }
    return content.lines().map(line -> INGEST_ID.matcher(line).replaceFirst(SOME_ID)).toList();
  }
}
