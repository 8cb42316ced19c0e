package routes.delivery;

import routes.format.Compression;
import routes.format.JsonLines;
import routes.format.ObjectFormat;
import routes.ledger.DeliveryBuffer;
import routes.signal.Layer;
import routes.signal.Signals;

/** Lakes for the stream {@code logs}, with the bucket {@code lake}. */
public final class Lakes {

  private Lakes() {}

  /** One of JSON Lines. */
  public static Lake with(DeliveryBuffer buffer) {
    return with(buffer, new JsonLines(Compression.NONE));
  }

  /** One of any format. */
  public static Lake with(DeliveryBuffer buffer, ObjectFormat format) {
    return new Lake(Layer.RAW, Signals.logsOnly("logs", "lake"), format, buffer);
  }

  /** One with as much memory as is wanted. */
  public static Lake unbounded() {
    return with(new DeliveryBuffer(Long.MAX_VALUE));
  }
}
