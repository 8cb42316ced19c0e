package routes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL of its own for a test, where its binaries run. */
public final class Postgres {

  private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);

  private Postgres() {}

  /** Starts one; empty where there are none for this machine, or not for this user. */
  public static Optional<EmbeddedPostgres> start() {
    try {
      return Optional.of(EmbeddedPostgres.start());
    } catch (IOException | RuntimeException cannot) {
      LOG.warn("No PostgreSQL here: {}", cannot.getMessage());
      return Optional.empty();
    }
  }

  /** Stops it. */
  public static void close(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
