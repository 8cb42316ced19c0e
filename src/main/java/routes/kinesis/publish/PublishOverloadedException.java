package routes.kinesis.publish;

/** More bytes wait for the stream than the buffer may hold; nothing of this caller was sent. */
public final class PublishOverloadedException extends PublishException {

  private static final long serialVersionUID = 1;

  public PublishOverloadedException(String message, int records) {
    super(429, message, new Delivery(records, 0, 0), null);
  }
}
