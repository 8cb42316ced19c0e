package routes.delivery;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.Optional;
import routes.format.ObjectFormat;
import routes.ledger.DeliveryBuffer;
import routes.signal.Layer;
import routes.signal.Signals;
import routes.spool.Spool;

/**
 * Where the batches of one layer go, and what is on its way there.
 *
 * @param signals with the bucket of each
 * @param format of its objects
 * @param buffer the memory that its records on their way may hold
 * @param spool the disk that they move to when they outgrow it; empty = they are put instead
 */
@ThreadSafe
public record Lake(
    Layer layer,
    Signals signals,
    ObjectFormat format,
    DeliveryBuffer buffer,
    Optional<Spool> spool,
    OpenBatches open,
    DeliveryCounts counts) {

  /** A lake nothing is on its way to yet. */
  public Lake(
      Layer layer,
      Signals signals,
      ObjectFormat format,
      DeliveryBuffer buffer,
      Optional<Spool> spool) {
    this(
        layer,
        signals,
        format,
        buffer,
        spool,
        new OpenBatches(layer, buffer, spool),
        new DeliveryCounts());
  }
}
