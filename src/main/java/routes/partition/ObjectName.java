package routes.partition;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The name of an object in the lake, which follows from where its records begin: whoever cuts an
 * object at the same position names it alike, on any machine and after any crash.
 *
 * @param stream the stream's name
 * @param streamCreated when the stream was created, to the millisecond, as Kinesis tells; a stream
 *     of the same name created anew counts its records afresh
 * @param shard the shard's id
 * @param partition the partition the object lies in
 * @param sequenceNumber the sequence number of the Kinesis record the object begins with
 * @param index the first log record's index within that Kinesis record, from 0
 */
public record ObjectName(
    String stream,
    Instant streamCreated,
    String shard,
    Partition partition,
    String sequenceNumber,
    int index) {

  private static final String PREFIX = "part-";
  private static final int UUID_LENGTH = 36;

  /** The key up to its suffix: {@code <partition>/part-<uuid>}. */
  public String stem() {
    return partition.path() + "/" + PREFIX + uuid();
  }

  /** What tells an object from the others of its partition, or empty where it is not named so. */
  public static Optional<UUID> uuidOf(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    int end = PREFIX.length() + UUID_LENGTH;
    if (!name.startsWith(PREFIX) || name.length() < end) {
      return Optional.empty();
    }
    try {
      String text = name.substring(PREFIX.length(), end);
      return Optional.of(UUID.fromString(text)).filter(uuid -> uuid.toString().equals(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** A name-based UUID (RFC 9562, version 3) of all that identifies the object. */
  public UUID uuid() {
    ByteArrayOutputStream name = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(name)) {
      // writeUTF puts the length before the text, so no two names share an encoding.
      out.writeUTF(stream);
      out.writeLong(streamCreated.toEpochMilli());
      out.writeUTF(shard);
      out.writeUTF(partition.path());
      out.writeUTF(sequenceNumber);
      out.writeInt(index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return UUID.nameUUIDFromBytes(name.toByteArray());
  }
}
