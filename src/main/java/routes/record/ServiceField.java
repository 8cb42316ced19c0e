package routes.record;

import java.time.Instant;
import java.util.List;
import routes.json.JsonScalar;

/** Whose record it is. */
final class ServiceField extends ChosenField<String> {

  private final List<String> names;
  private final ServiceRule rule;

  ServiceField(List<String> names, ServiceRule rule) {
    super(Field.SERVICE);
    this.names = names;
    this.rule = rule;
  }

  @Override
  String read(JsonScalar value, Instant arrival) throws RejectedException {
    if (!value.isText()) {
      throw new RejectedException(
          Reason.BAD_SERVICE, "Service " + Excerpt.of(value.raw()) + " is no text");
    }
    String service = value.text();
    check(service);
    return service;
  }

  /** Rejects a service that cannot be one. */
  void check(String service) throws RejectedException {
    String objection = rule.objection(service);
    if (objection != null) {
      throw new RejectedException(
          Reason.BAD_SERVICE, "Service " + Excerpt.of(service) + " " + objection);
    }
  }

  @Override
  void choose(FieldScan fields, JsonScalar value) {
    fields.chooseService(value);
  }

  @Override
  RejectedException missing() {
    return new RejectedException(Reason.NO_SERVICE, "No text in any of the fields " + names);
  }
}
