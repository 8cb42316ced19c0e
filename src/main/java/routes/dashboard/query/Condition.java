package routes.dashboard.query;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import routes.signal.Level;

/** What a record must fulfil. */
sealed interface Condition {

  boolean accepts(Candidate candidate);

  /** Whether records of a service can be accepted at all. */
  default boolean mayAccept(String service) {
    return true;
  }

  /** Ids that every accepted record has. */
  default Set<Long> ids() {
    return Set.of();
  }

  /** All of these; also none. */
  record All(List<Condition> parts) implements Condition {

    @Override
    public boolean accepts(Candidate candidate) {
      // Not by a stream, which would cost more than many a part.
      for (Condition part : parts) {
        if (!part.accepts(candidate)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean mayAccept(String service) {
      return parts.stream().allMatch(part -> part.mayAccept(service));
    }

    @Override
    public Set<Long> ids() {
      return parts.stream().flatMap(part -> part.ids().stream()).collect(Collectors.toSet());
    }
  }

  /** One of these at least. */
  record Any(List<Condition> parts) implements Condition {

    @Override
    public boolean accepts(Candidate candidate) {
      return parts.stream().anyMatch(part -> part.accepts(candidate));
    }

    @Override
    public boolean mayAccept(String service) {
      return parts.stream().anyMatch(part -> part.mayAccept(service));
    }
  }

  /** The opposite. */
  record Not(Condition part) implements Condition {

    @Override
    public boolean accepts(Candidate candidate) {
      return !part.accepts(candidate);
    }

    @Override
    public boolean mayAccept(String service) {
      return !(part instanceof OfService of && of.value().accepts(service));
    }
  }

  /** A text anywhere in the line. */
  record Text(TextForms forms) implements Condition {

    @Override
    public boolean accepts(Candidate candidate) {
      return forms.in(candidate);
    }

    @Override
    public Set<Long> ids() {
      return forms.ids();
    }
  }

  /** The service, as the lake has it. */
  record OfService(ValueMatch value) implements Condition {

    @Override
    public boolean accepts(Candidate candidate) {
      return value.accepts(candidate.service());
    }

    @Override
    public boolean mayAccept(String service) {
      return value.accepts(service);
    }
  }

  /** How bad it is. */
  record OfLevel(Comparison comparison, Level level) implements Condition {

    @Override
    public boolean accepts(Candidate candidate) {
      return candidate.level().map(own -> comparison.holds(own.compareTo(level))).orElse(false);
    }
  }

  /** A field under any of some names. */
  record OfField(List<FieldPath> names, ValueMatch value) implements Condition {

    @Override
    public boolean accepts(Candidate candidate) {
      return value.mayBeIn(candidate)
          && names.stream().anyMatch(name -> name.in(candidate.fields()).anyMatch(value::accepts));
    }

    @Override
    public Set<Long> ids() {
      return value.ids();
    }
  }
}
