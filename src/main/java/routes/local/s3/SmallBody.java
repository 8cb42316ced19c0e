package routes.local.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A body that is read as a whole, and so has a bound. */
final class SmallBody implements Body {

  /** Answers a request by its body. */
  interface Answer {
    Reply to(byte[] body) throws IOException;
  }

  /**
   * A thousand keys to delete of a thousand bytes each, or ten thousand parts, with their frame.
   */
  private static final int MAX_BYTES = 4 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Answer answer;

  SmallBody(Answer answer) {
    this.answer = answer;
  }

  @Override
  public void write(byte[] piece) {
    if (bytes.size() + piece.length > MAX_BYTES) {
      throw S3Exception.invalid(
          "MaxMessageLengthExceeded", "The body is longer than %s bytes.".formatted(MAX_BYTES));
    }
    bytes.writeBytes(piece);
  }

  @Override
  public Reply answer() throws IOException {
    return answer.to(bytes.toByteArray());
  }

  @Override
  public void close() {}
}
