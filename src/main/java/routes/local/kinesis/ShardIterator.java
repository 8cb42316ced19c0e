package routes.local.kinesis;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * A place in a shard from which to read on, good for five minutes.
 *
 * @param streamCreated tells the stream from another one of that name
 * @param counter of the next record to read
 * @param issued epoch milliseconds
 */
record ShardIterator(
    @JsonProperty("n") String stream,
    @JsonProperty("c") long streamCreated,
    @JsonProperty("s") int shard,
    @JsonProperty("p") long counter,
    @JsonProperty("t") long issued) {

  private static final long LIFETIME_MILLIS = Duration.ofMinutes(5).toMillis();

  String encode() throws IOException {
    return Token.encode(this);
  }

  static ShardIterator decode(String text, long now) {
    ShardIterator iterator =
        Token.decode(text, ShardIterator.class)
            .orElseThrow(() -> KinesisException.invalidArgument("Invalid ShardIterator."));
    if (now - iterator.issued > LIFETIME_MILLIS) {
      throw KinesisException.ofCaller(
          "ExpiredIteratorException",
          ("Iterator expired. The iterator was created at time %s while right now it is %s which is"
                  + " further in the future than the tolerated delay of %s milliseconds.")
              .formatted(
                  Instant.ofEpochMilli(iterator.issued),
                  Instant.ofEpochMilli(now),
                  LIFETIME_MILLIS));
    }
    return iterator;
  }

  ShardIterator at(long nextCounter, long now) {
    return new ShardIterator(stream, streamCreated, shard, nextCounter, now);
  }
}
