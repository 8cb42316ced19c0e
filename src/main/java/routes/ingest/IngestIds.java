package routes.ingest;

import java.util.UUID;
import java.util.function.Supplier;

/** The {@code ingest_id} of each record of one request: a random id and a number. */
public final class IngestIds implements Supplier<String> {

  private final String request = UUID.randomUUID() + "-";
  private int records;

  @Override
  public String get() {
    return request + records++;
  }
}
