package routes.record;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import routes.json.JsonScalar;
import routes.signal.time.TimestampParser;

/**
 * A span has ids as W3C's trace context writes them, 16 and 8 bytes in hexadecimal digits and not
 * all zero, and does not end before it begins. Its ids and its kind tell it from every other: the
 * two halves of one that client and server share, as Zipkin has them, are two. One that has not
 * ended may be told of again, with more.
 */
final class SpanRule implements SignalRule {

  private static final Pattern TRACE_ID = Pattern.compile("(?!0+$)[0-9a-fA-F]{32}");
  private static final Pattern SPAN_ID = Pattern.compile("(?!0+$)[0-9a-fA-F]{16}");

  @Override
  public void check(FieldScan fields, Instant time) throws RejectedException {
    requireId(fields, Field.TRACE_ID, TRACE_ID, Reason.BAD_TRACE_ID, 32);
    requireId(fields, Field.SPAN_ID, SPAN_ID, Reason.BAD_SPAN_ID, 16);
    JsonScalar end = fields.first(Field.END_TIMESTAMP);
    if (end == null) {
      return;
    }
    Instant ended = TimestampParser.parse(end.bytes());
    if (ended == null) {
      throw new RejectedException(
          Reason.BAD_TIMESTAMP,
          "end_timestamp " + Excerpt.of(end.bytes()) + " is in none of the forms of a timestamp");
    }
    if (ended.isBefore(time)) {
      throw new RejectedException(
          Reason.ENDS_BEFORE_START, "The span ends at " + ended + ", before it begins at " + time);
    }
  }

  @Override
  public @Nullable String id(FieldScan fields) {
    JsonScalar trace = fields.first(Field.TRACE_ID);
    JsonScalar span = fields.first(Field.SPAN_ID);
    JsonScalar kind = fields.first(Field.KIND);
    return trace == null || span == null || fields.first(Field.END_TIMESTAMP) == null
        ? null
        : trace.text() + "-" + span.text() + (kind == null ? "" : "-" + kind.text());
  }

  private static void requireId(
      FieldScan fields, Field field, Pattern pattern, Reason reason, int digits)
      throws RejectedException {
    JsonScalar id = fields.first(field);
    if (id == null || !id.isText() || !pattern.matcher(id.text()).matches()) {
      throw new RejectedException(
          reason,
          "%s must be %s hexadecimal digits, not all zero%s"
              .formatted(
                  field.canonicalName(), digits, id == null ? "" : ": " + Excerpt.of(id.raw())));
    }
  }
}
