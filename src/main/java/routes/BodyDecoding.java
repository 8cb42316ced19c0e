package routes;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import routes.intake.BodyMemory;
import routes.intake.ContentEncodings;

/**
 * Undoes the encoding of request bodies, as {@link ContentEncodings} does, and holds the memory for
 * what they grow to until their exchanges are done. Thread-safe.
 */
public final class BodyDecoding {

  private final ContentEncodings encodings;
  private final BodyMemory memory;

  /**
   * @param maxBytes the longest body, decompressed
   * @param memory for all bodies
   */
  public BodyDecoding(int maxBytes, BodyMemory memory) {
    this.encodings = new ContentEncodings(maxBytes);
    this.memory = memory;
  }

  /** The body as it was before it was encoded; null = empty, or none. */
  public byte[] decode(byte @Nullable [] body, @Nullable String encoding, Exchange exchange) {
    BodyMemory.Share share = memory.share();
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                share.release();
              }
            });
    return encodings.decode(body, encoding, share);
  }
}
