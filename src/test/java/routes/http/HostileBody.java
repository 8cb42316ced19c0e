package routes.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bodies of a few bytes each to send that become much: shapes of each protocol, of any size. */
enum HostileBody {
  LINES_OF_ONE_CHARACTER("/api/ingest", "application/json", "", "1\n", ""),
  EMPTY_OBJECTS("/api/ingest", "application/json", "", "{}", ""),
  ARRAY_OF_EMPTY_ARRAYS("/api/ingest", "application/json", "[", "[],", "1]"),
  NOTHING_BUT_BRACES("/api/ingest", "application/json", "", "{", ""),
  NOTHING_BUT_QUOTES("/api/ingest", "application/json", "", "{\"a\":\"\n", ""),
  VALID_LINES(
      "/api/ingest", "application/json", "", "{\"time\":1795000000,\"app\":\"hostile\"}\n", ""),
  MANY_SERVICES("/api/ingest", "application/json", "", "{\"time\":1795000000,\"app\":\"#\"}\n", ""),
  ONE_HUGE_TEXT("/api/ingest", "application/json", "{\"a\":\"", "xxxxxxxx", "\"}"),
  MANY_KEYS("/api/ingest", "application/json", "{", "\"#\":1,", "\"a\":1}"),
  WHITE_SPACE("/api/ingest", "application/json", "", " \t\n", ""),
  NULS("/api/ingest", "application/json", "", "\0", ""),

  DATADOG_EMPTY_OBJECTS("/api/v2/logs", "application/json", "[", "{},", "{}]"),
  DATADOG_NUMBERS("/api/v2/logs", "application/json", "[", "1,", "1]"),
  DATADOG_MESSAGES("/api/v2/logs", "application/json", "[", "{\"message\":\"\"},", "{}]"),
  DATADOG_WIDE("/api/v2/logs", "application/json", "[{\"a\":[", "{},", "1]}]"),
  DATADOG_WIDE_LOGS(
      "/api/v2/logs",
      "application/json",
      "[",
      "{\"a\":[" + "[],".repeat(300_000) + "1]},",
      "{\"a\":1}]"),
  DATADOG_KEYS("/api/v2/logs", "application/json", "[{", "\"#\":1,", "\"a\":1}]"),
  DATADOG_HUGE_TEXT("/api/v2/logs", "application/json", "[\"", "xxxxxxxx", "\"]"),

  HEC_EMPTY_OBJECTS("/services/collector", "application/json", "", "{}", ""),
  HEC_EVENTS("/services/collector", "application/json", "", "{\"event\":1}", ""),
  HEC_KEYS(
      "/services/collector",
      "application/json",
      "",
      "{\"event\":{\"a\":1,\"#\":2},\"fields\":{\"a\":3}}",
      ""),
  HEC_WIDE_EVENTS(
      "/services/collector",
      "application/json",
      "",
      "{\"event\":[" + "{},".repeat(300_000) + "1]}",
      ""),
  HEC_DEEP("/services/collector", "application/json", "{\"event\":", "[", ""),
  HEC_RAW_CHARACTERS("/services/collector/raw", "text/plain", "", "a\n", ""),
  HEC_RAW_LINE("/services/collector/raw", "text/plain", "", "\0", ""),
  HEC_RAW_LINES_OF_NULS(
      "/services/collector/raw", "text/plain", "", "\0".repeat(170_000) + "\n", ""),

  OTLP_RESOURCES("/v1/logs", "application/x-protobuf", "", "\n\0", ""),
  OTLP_SCOPES("/v1/logs", "application/x-protobuf", "\n", "\22\0", ""),
  OTLP_RECORDS("/v1/logs", "application/x-protobuf", "\n\22", "\22\0", ""),
  OTLP_ATTRIBUTES("/v1/logs", "application/x-protobuf", "\n\22\22", "2\0", ""),
  OTLP_RESOURCE_ATTRIBUTES("/v1/logs", "application/x-protobuf", "\n\n", "\n\0", ""),
  OTLP_JSON_RESOURCES("/v1/logs", "application/json", "{\"resourceLogs\":[", "{},", "{}]}"),
  OTLP_JSON_RECORDS(
      "/v1/logs",
      "application/json",
      "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[",
      "{},",
      "{}]}]}]}"),
  OTLP_JSON_ATTRIBUTES(
      "/v1/logs",
      "application/json",
      "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"attributes\":[",
      "{},",
      "{}]}]}]}]}"),
  OTLP_JSON_KEYS("/v1/logs", "application/json", "{", "\"#\":1,", "\"a\":1}"),
  OTLP_JSON_TEXT(
      "/v1/logs",
      "application/json",
      "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"",
      "\\u0000",
      "\"}}]}]}]}"),
  OTLP_METRICS("/v1/metrics", "application/x-protobuf", "\n\22", "\22\0", ""),
  OTLP_POINTS("/v1/metrics", "application/x-protobuf", "\n\22\22*", "\n\0", ""),
  OTLP_BUCKETS("/v1/metrics", "application/x-protobuf", "\n\22\22J\n2", "\0\0\0\0\0\0\0\0", ""),
  OTLP_JSON_POINTS(
      "/v1/metrics",
      "application/json",
      "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":[",
      "{},",
      "{}]}}]}]}]}"),
  OTLP_JSON_EXEMPLARS(
      "/v1/metrics",
      "application/json",
      "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"gauge\":"
          + "{\"dataPoints\":[{\"asInt\":1,\"exemplars\":[",
      "{},",
      "{}]}]}}]}]}]}"),
  OTLP_SPANS("/v1/traces", "application/x-protobuf", "\n\22", "\22\0", ""),
  OTLP_EVENTS("/v1/traces", "application/x-protobuf", "\n\22\22", "Z\0", ""),
  OTLP_JSON_SPANS(
      "/v1/traces",
      "application/json",
      "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[",
      "{},",
      "{}]}]}]}"),
  OTLP_JSON_LINKS(
      "/v1/traces",
      "application/json",
      "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"links\":[",
      "{},",
      "{}]}]}]}]}"),

  ZIPKIN_EMPTY_SPANS("/api/v2/spans", "application/json", "[", "{},", "{}]"),
  ZIPKIN_SPANS(
      "/api/v2/spans", "application/json", "[", "{\"traceId\":\"a\",\"id\":\"b\"},", "{}]"),
  ZIPKIN_TAGS("/api/v2/spans", "application/json", "[{\"tags\":{", "\"#\":1,", "\"a\":1}}]"),
  ZIPKIN_ANNOTATIONS("/api/v2/spans", "application/json", "[{\"annotations\":[", "{},", "{}]}]"),

  LINES_OF_POINTS(
      "/api/ingest?signal=metrics",
      "application/json",
      "",
      "{\"time\":1795000000,\"app\":\"hostile\",\"name\":\"m\",\"type\":\"gauge\",\"value\":#}\n",
      "") {
    @Override
    byte[] bytes(int length) {
      return new String(super.bytes(length), UTF_8).replace("k", "").getBytes(UTF_8);
    }
  },
  LINES_OF_NO_SPANS("/api/ingest?signal=traces", "application/json", "", "{}\n", ""),

  WRITTEN_SERIES("/api/v1/write", "application/x-protobuf", "", "\n\0", ""),
  WRITTEN_LABELS("/api/v1/write", "application/x-protobuf", "\n", "\n\0", ""),
  WRITTEN_SAMPLES("/api/v1/write", "application/x-protobuf", "\n", "\22\0", "") {
    @Override
    byte[] before() {
      return field('\n', "\n\10__name__\22\1m".getBytes(ISO_8859_1));
    }
  },
  WRITTEN_SPANS_OF_BUCKETS("/api/v1/write", "application/x-protobuf", "\n\"", "Z\0", ""),
  WRITTEN_SYMBOLS(
      "/api/v1/write",
      "application/x-protobuf;proto=io.prometheus.write.v2.Request",
      "",
      "\"\0",
      ""),

  OTLP_LARGE_RESOURCE("/v1/logs", "application/x-protobuf", "\n", "\22\2\22\0", "") {
    @Override
    byte[] before() {
      // Each of the records after it is written with all of it.
      byte[] resource = new byte[500_000];
      return concat(field('\n', field('\n', field('\n', resource))), new byte[0]);
    }
  };

  private static final byte[] NOTHING = {};

  private final String path;
  private final String type;
  private final String head;
  private final String part;
  private final String tail;

  HostileBody(String path, String type, String head, String part, String tail) {
    this.path = path;
    this.type = type;
    this.head = head;
    this.part = part;
    this.tail = tail;
  }

  String path() {
    return path;
  }

  String type() {
    return type;
  }

  /** Any that its protocol has. */
  Encoding encoding(Random random) {
    return isWritten() ? Encoding.SNAPPY : Encoding.any(random);
  }

  /** The one that makes it smallest. */
  Encoding smallest() {
    return isWritten() ? Encoding.SNAPPY : Encoding.GZIP;
  }

  /** Whether it is for Prometheus's remote write, which has one encoding of its own. */
  private boolean isWritten() {
    return path.equals("/api/v1/write");
  }

  /** What stands before the parts inside of the messages that hold them. */
  byte[] before() {
    return NOTHING;
  }

  /** How much longer a body may be than its parts, at most. */
  int extraBytes() {
    return head.length() + part.length() + tail.length() + 64;
  }

  /**
   * A body whose parts take so many bytes or one part more; parts with a {@code #} have a number
   * there.
   */
  byte[] bytes(int length) {
    ByteArrayOutputStream parts = new ByteArrayOutputStream(length + part.length());
    parts.writeBytes(before());
    byte[] same = part.getBytes(ISO_8859_1);
    for (int number = 0; parts.size() < length; number++) {
      parts.writeBytes(
          part.indexOf('#') < 0 ? same : part.replace("#", "k" + number).getBytes(UTF_8));
    }
    if (!type.startsWith("application/x-protobuf")) {
      return concat(concat(head.getBytes(UTF_8), parts.toByteArray()), tail.getBytes(UTF_8));
    }
    byte[] message = parts.toByteArray();
    for (int i = head.length() - 1; i >= 0; i--) {
      message = field(head.charAt(i), message);
    }
    return message;
  }

  private static byte[] field(char tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    int rest = content.length;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write((rest & 0x7f) | 0x80);
    }
    out.write(rest);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** How a body travels. */
  enum Encoding {
    PLAIN,
    GZIP,
    GZIP_MEMBERS,
    DEFLATE,
    ZSTD,
    SNAPPY;

    private static final List<Encoding> GENERAL = List.of(PLAIN, GZIP, GZIP_MEMBERS, DEFLATE, ZSTD);

    private static final int MEMBER_BYTES = 200;

    /** The {@code Content-Encoding}. */
    String header() {
      return switch (this) {
        case PLAIN -> "identity";
        case GZIP, GZIP_MEMBERS -> "gzip";
        case DEFLATE -> "deflate";
        case ZSTD -> "zstd";
        case SNAPPY -> "snappy";
      };
    }

    byte[] encode(byte[] body) {
      return switch (this) {
        case PLAIN -> body;
        case GZIP -> Encoded.GZIP.encode(body);
        case GZIP_MEMBERS -> members(body);
        case DEFLATE -> Encoded.ZLIB.encode(body);
        case ZSTD -> Encoded.ZSTD.encode(body);
        case SNAPPY -> Encoded.SNAPPY.encode(body);
      };
    }

    static Encoding any(Random random) {
      return GENERAL.get(random.nextInt(GENERAL.size()));
    }

    private static byte[] members(byte[] body) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int from = 0; from < body.length; from += MEMBER_BYTES) {
        int to = Math.min(from + MEMBER_BYTES, body.length);
        out.writeBytes(Encoded.GZIP.encode(Arrays.copyOfRange(body, from, to)));
      }
      return out.toByteArray();
    }
  }
}
