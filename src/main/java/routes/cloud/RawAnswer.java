package routes.cloud;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * The body of one answer of AWS, for a caller that reads it itself. Only the clients of {@link
 * AwsClients} fill it, and only from a successful answer in CBOR. For one call.
 */
public final class RawAnswer {

  private byte @Nullable [] body;

  /** Of the call whose answer it is to be. */
  public AwsRequestOverrideConfiguration configuration() {
    return RawAnswers.into(this);
  }

  /** The body; null when the SDK has read it. */
  public byte @Nullable [] body() {
    return body;
  }

  void read(InputStream in, Optional<Integer> length) throws IOException {
    if (length.isEmpty()) {
      body = in.readAllBytes();
      return;
    }
    byte[] whole = new byte[length.get()];
    int read = in.readNBytes(whole, 0, whole.length);
    if (read < whole.length) {
      throw new EOFException("%s bytes came of %s".formatted(read, whole.length));
    }
    body = whole;
  }
}
