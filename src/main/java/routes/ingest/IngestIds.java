package routes.ingest;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The {@code ingest_id} of each record of one request: a random id and a number. */
public final class IngestIds implements Supplier<String> {

  /** Made for the first record without an id: all requests wait for one source of random bytes. */
  private @Nullable String request;

  private int records;

  @Override
  public String get() {
    if (request == null) {
      request = UUID.randomUUID() + "-";
    }
    return request + records++;
  }
}
