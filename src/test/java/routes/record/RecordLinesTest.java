package routes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import routes.json.ByteSlice;
import routes.signal.Signal;

class RecordLinesTest {

  @Property(tries = 300)
  void records_come_back_as_they_were(@ForAll("records") List<LogRecord> records) {
    AtomicLong taken = new AtomicLong();
    RecordLines lines = new RecordLines(Signal.LOGS, taken::addAndGet);
    lines.addAll(records);

    assertThat(lines).isEqualTo(records);
    assertThat(taken.get())
        .isGreaterThanOrEqualTo(records.stream().mapToLong(r -> r.line().length()).sum());
  }

  @Test
  void nothing_is_taken_beyond_the_memory() {
    AtomicLong taken = new AtomicLong();
    RecordLines lines =
        new RecordLines(
            Signal.LOGS,
            bytes -> {
              if (taken.addAndGet(bytes) > 1 << 20) {
                throw new IllegalStateException("full");
              }
            });
    LogRecord record = new LogRecord(ByteSlice.utf8("{}"), "a", Instant.EPOCH, null);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () -> {
              while (true) {
                lines.add(record);
              }
            });
    assertThat(lines).hasSizeBetween(10_000, 1 << 20);
  }

  @Provide
  Arbitrary<List<LogRecord>> records() {
    Arbitrary<String> ids = Arbitraries.strings().ofMaxLength(40).injectNull(0.3);
    Arbitrary<Boolean> appended = Arbitraries.of(true, false);
    Arbitrary<String> services = Arbitraries.of("a", "b", "\u00e9", "unknown_service");
    Arbitrary<String> texts = Arbitraries.of("", "x", "x".repeat(5_000), "x".repeat(300_000));
    Arbitrary<Instant> times =
        Combinators.combine(
                Arbitraries.longs().between(0, 1L << 40),
                Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    return Combinators.combine(texts, services, times, ids, appended)
        .as(
            (text, service, time, id, last) ->
                new LogRecord(
                    ByteSlice.utf8(
                        "{\"m\":\"%s\"%s}"
                            .formatted(
                                text, last && id != null ? ",\"ingest_id\":\"" + id + "\"" : "")),
                    service,
                    time,
                    id))
        .list()
        .ofMaxSize(40);
  }
}
