package routes.spool;

import java.util.Optional;
import routes.app.Part;

/** The disk that all layers share. */
public final class SpoolPart implements Part {

  private final Optional<Spool> spool;

  /** A spool by these settings. */
  public SpoolPart(SpoolSettings settings) {
    spool = settings.dir().map(dir -> Spool.open(dir, settings.maxBytes()));
  }

  /** Empty where all stays in memory. */
  public Optional<Spool> spool() {
    return spool;
  }

  @Override
  public void close() {
    spool.ifPresent(Spool::close);
  }
}
