package routes.delivery;

import routes.format.ObjectFormat;
import routes.ledger.DeliveryBuffer;
import routes.signal.Layer;
import routes.signal.Signals;

/**
 * Where the batches of one layer go, and what is on its way there. Thread-safe.
 *
 * @param signals with the bucket of each
 * @param format of its objects
 * @param buffer the memory that its records on their way may hold
 */
public record Lake(
    Layer layer,
    Signals signals,
    ObjectFormat format,
    DeliveryBuffer buffer,
    OpenBatches open,
    DeliveryCounts counts) {

  /** A lake nothing is on its way to yet. */
  public Lake(Layer layer, Signals signals, ObjectFormat format, DeliveryBuffer buffer) {
    this(layer, signals, format, buffer, new OpenBatches(layer, buffer), new DeliveryCounts());
  }
}
