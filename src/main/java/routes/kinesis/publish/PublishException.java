package routes.kinesis.publish;

import org.jspecify.annotations.Nullable;
import routes.http.HttpProblem;

/**
 * Not every record of a caller was acknowledged. The message says why and for how many, {@link
 * #delivery()} gives the counts.
 */
public abstract sealed class PublishException extends HttpProblem
    permits PublishOverloadedException,
        PublishRefusedException,
        PublishUnavailableException,
        SignalOffException {

  private static final long serialVersionUID = 1;

  private final Delivery delivery;

  PublishException(int status, String message, Delivery delivery, @Nullable Throwable cause) {
    super(status, message, cause);
    this.delivery = delivery;
  }

  /** What became of the caller's records. */
  public final Delivery delivery() {
    return delivery;
  }

  /**
   * The same, where the records were one of the parts that the caller's went in.
   *
   * @param all what became of all parts
   */
  final PublishException among(Delivery all) {
    return like("Sent in parts, %s; the part that failed: %s".formatted(all, getMessage()), all);
  }

  abstract PublishException like(String message, Delivery all);
}
