package routes.kinesis.publish;

/**
 * More bytes wait for the stream than the buffer may hold; nothing of this caller was sent, or of
 * what went in parts only the earlier ones.
 */
public final class PublishOverloadedException extends PublishException {

  private static final long serialVersionUID = 1;

  public PublishOverloadedException(String message, int records) {
    this(message, new Delivery(records, 0, 0));
  }

  private PublishOverloadedException(String message, Delivery delivery) {
    super(429, message, delivery, null);
  }

  @Override
  PublishException like(String message, Delivery all) {
    return new PublishOverloadedException(message, all);
  }
}
