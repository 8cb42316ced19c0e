package routes.intake;

/** How a protocol tells its clients that a request is refused. Thread-safe. */
@FunctionalInterface
public interface Dialect {

  Reply word(Refusal refusal);
}
