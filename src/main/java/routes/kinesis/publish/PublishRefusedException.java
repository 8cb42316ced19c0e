package routes.kinesis.publish;

import org.jspecify.annotations.Nullable;

/**
 * Sending the same records again cannot help: a record breaks a limit of Kinesis (no cause), or
 * Kinesis refused the request, for instance because the stream does not exist or access is denied
 * (the cause says which).
 */
public final class PublishRefusedException extends PublishException {

  private static final long serialVersionUID = 1;

  public PublishRefusedException(String message, Delivery delivery, @Nullable Throwable cause) {
    super(503, message, delivery, cause);
  }

  @Override
  PublishException like(String message, Delivery all) {
    return new PublishRefusedException(message, all, getCause());
  }
}
