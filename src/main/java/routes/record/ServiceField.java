package routes.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import routes.json.ByteSlice;
import routes.json.JsonScalar;

/** Whose record it is. */
final class ServiceField extends ChosenField<String> {

  private static final int MOST_KNOWN = 1_000;

  private final List<String> names;
  private final ServiceRule rule;

  /** Good ones, by how they stand in a record: of these there is one text, and it was checked. */
  private final Map<ByteSlice, String> known = new ConcurrentHashMap<>();

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
    ByteSlice raw = value.raw();
    String service = known.get(raw);
    if (service == null) {
      service = value.text();
      check(service);
      if (known.size() < MOST_KNOWN) {
        known.put(ByteSlice.of(raw.toByteArray()), service);
      }
    }
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
