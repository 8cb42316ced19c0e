package routes.kinesis.publish;

import org.jspecify.annotations.Nullable;

/**
 * The stream did not acknowledge all records before the caller's deadline, or the client is closed.
 * It may later. The cause is the last failure seen, if there was one.
 */
public final class PublishUnavailableException extends PublishException {

  private static final long serialVersionUID = 1;

  public PublishUnavailableException(String message, Delivery delivery, @Nullable Throwable cause) {
    super(503, message, delivery, cause);
  }

  @Override
  PublishException like(String message, Delivery all) {
    return new PublishUnavailableException(message, all, getCause());
  }
}
