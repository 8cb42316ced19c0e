package routes.delivery;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import routes.format.Compression;
import routes.format.JsonLines;
import routes.format.ObjectFormat;
import routes.ledger.DeliveryBuffer;
import routes.signal.Layer;
import routes.signal.Signals;
import routes.spool.Spool;

/** Lakes for the stream {@code logs}, with the bucket {@code lake}. */
public final class Lakes {

  private Lakes() {}

  /** One of JSON Lines. */
  public static Lake with(DeliveryBuffer buffer) {
    return with(buffer, new JsonLines(Compression.NONE));
  }

  /** One of any format. */
  public static Lake with(DeliveryBuffer buffer, ObjectFormat format) {
    return with(buffer, format, Optional.empty());
  }

  /** One that may have a disk. */
  public static Lake with(DeliveryBuffer buffer, ObjectFormat format, Optional<Spool> spool) {
    return new Lake(Layer.RAW, Signals.logsOnly("logs", "lake"), format, buffer, spool);
  }

  /** One with as much memory as is wanted. */
  public static Lake unbounded() {
    return with(new DeliveryBuffer(Long.MAX_VALUE));
  }

  /** What an object has, wherever that is. */
  public static byte[] bytes(NewObject object) throws IOException {
    return object.content() instanceof File file
        ? Files.readAllBytes(file.toPath())
        : (byte[]) object.content();
  }
}
