package routes.local.s3;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request: a status, headers, and either bytes or a part of a file.
 *
 * @param content what is sent instead of the bytes; closed by who sends it
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, Map<String, String> headers, byte[] body, @Nullable OpenContent content) {

  /** Days have two digits, unlike in Java's own form. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static Reply empty(int status) {
    return empty(status, Map.of());
  }

  static Reply empty(int status, Map<String, String> headers) {
    return new Reply(status, headers, new byte[0], null);
  }

  static Reply xml(int status, Xml xml) {
    return new Reply(status, Map.of("Content-Type", "application/xml"), xml.bytes(), null);
  }

  static Reply of(int status, Map<String, String> headers, OpenContent content) {
    return new Reply(status, headers, new byte[0], content);
  }

  static Reply of(S3Exception error, String requestId) {
    return xml(
        error.status(),
        Xml.error()
            .element("Code", error.code())
            .element("Message", String.valueOf(error.getMessage()))
            .element("RequestId", requestId));
  }

  /** With the bytes of a file that has at most so many, which is closed then. */
  Reply withSmallContent(int maxBytes) throws IOException {
    if (content == null || content.length() > maxBytes) {
      return this;
    }
    try (OpenContent file = content) {
      return new Reply(status, headers, file.read(0, (int) file.length()), null);
    }
  }

  /** A time as HTTP has it in headers. */
  static String httpDate(Instant time) {
    return HTTP_DATE.format(time);
  }

  /** A time from a header; null when it is none. */
  static @Nullable Instant time(String httpDate) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate));
    } catch (DateTimeException none) {
      return null;
    }
  }
}
