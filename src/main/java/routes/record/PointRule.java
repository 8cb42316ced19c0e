package routes.record;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.json.JsonScalar;

/**
 * A data point has the name of its metric and a value, or a count, or the flag that says that none
 * was recorded; and what a histogram counts in its buckets adds up (OpenTelemetry's data model).
 */
final class PointRule implements SignalRule {

  /** How protobuf's JSON mapping writes what JSON has no number for. */
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  @Override
  public void check(FieldScan fields, Instant time) throws RejectedException {
    JsonScalar name = fields.first(Field.NAME);
    if (name == null || !name.isText() || name.bytes().isEmpty()) {
      throw new RejectedException(Reason.NO_NAME, "No text in the field name: of which metric?");
    }
    JsonScalar value = fields.first(Field.VALUE);
    JsonScalar count = fields.first(Field.COUNT);
    if (fields.hasCanonical(Field.VALUE) && (value == null || !isNumber(value))) {
      throw badValue(
          "value "
              + (value == null ? "holds no number" : Excerpt.of(value.raw()) + " is no number")
              + ", nor one of \"NaN\", \"Infinity\" and \"-Infinity\"");
    }
    if (value == null && count == null && !isUnrecorded(fields)) {
      throw badValue("Neither value nor count, nor flags that say that none was recorded");
    }
    if (count != null) {
      BucketCounts.check(fields, count);
    }
  }

  /** Two hosts may measure the same at the same moment: only a sender can tell copies. */
  @Override
  public @Nullable String id(FieldScan fields) {
    return null;
  }

  static boolean isNumber(JsonScalar value) {
    return value.isNumber() || (value.isText() && NOT_FINITE.contains(value.text()));
  }

  private static boolean isUnrecorded(FieldScan fields) {
    JsonScalar flags = fields.first(Field.FLAGS);
    return flags != null && flags.raw().toString().matches("[0-9]{0,18}[13579]");
  }

  private static RejectedException badValue(String message) {
    return new RejectedException(Reason.BAD_VALUE, message);
  }
}
