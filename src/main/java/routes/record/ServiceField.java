package routes.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose record it is. */
final class ServiceField {

  private final List<String> names;
  private final ServiceRule rule;

  ServiceField(List<String> names, ServiceRule rule) {
    this.names = names;
    this.rule = rule;
  }

  /**
   * The service the record names, else the fallback.
   *
   * @param fallback the service of a record without any, or null; not for one whose {@code service}
   *     holds no text, as a second {@code service} could not be appended to it
   */
  String of(FieldScan fields, @Nullable String fallback) throws RejectedException {
    String service = fields.hasCanonical(Field.SERVICE) ? null : fallback;
    JsonScalar value = fields.first(Field.SERVICE);
    if (value != null) {
      if (!value.isText()) {
        throw new RejectedException(
            Reason.BAD_SERVICE, "Service " + Excerpt.of(value.raw()) + " is no text");
      }
      service = value.text();
    }
    if (service == null) {
      throw new RejectedException(Reason.NO_SERVICE, "No text in any of the fields " + names);
    }
    String objection = rule.objection(service);
    if (objection != null) {
      throw new RejectedException(
          Reason.BAD_SERVICE, "Service " + Excerpt.of(service) + " " + objection);
    }
    return service;
  }
}
