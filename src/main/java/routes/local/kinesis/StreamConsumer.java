package routes.local.kinesis;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who must get every record of a stream: what is still to be taken stays on the stream
 * beyond its retention. Used by several threads.
 */
public interface StreamConsumer {

  /** Nobody: records go when the retention ends, as on AWS. */
  StreamConsumer NONE =
      new StreamConsumer() {
        @Override
        public boolean reads(String stream) {
          return false;
        }

        @Override
        public Optional<String> stoppedAt(
            String stream, Instant created, String shard, String newest) {
          return Optional.empty();
        }

        @Override
        public Duration lookBack() {
          return Duration.ZERO;
        }
      };

  /** Whether it reads the stream of this name. */
  boolean reads(String stream);

  /**
   * Where the consumer of a shard would go on now.
   *
   * @param created tells the stream from others that had its name
   * @param newest the sequence number of the shard's last record
   * @return empty when everything up to {@code newest} is taken; else the sequence number of the
   *     last record of which something is taken, or an empty text if nothing is
   * @throws IOException when that cannot be found out; all records are kept for now
   */
  Optional<String> stoppedAt(String stream, Instant created, String shard, String newest)
      throws IOException;

  /** How much of what arrived before that place is read again, to recognise copies. */
  Duration lookBack();
}
