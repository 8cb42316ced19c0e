package routes.kinesis.publish;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** Room in a request whose records are gathered, as {@link AggregatingKinesisClient} does it. */
final class GatheredRoom extends RequestRoom {

  private final Map<Aggregate.Key, AggregateSize> open = new HashMap<>();

  GatheredRoom(int maxBytes) {
    super(maxBytes);
  }

  @Override
  boolean take(PendingRecord record) {
    PutRecordsRequestEntry entry = record.entry();
    Aggregate.Key key = Aggregate.Key.of(entry);
    AggregateSize size = open.get(key);
    if (size != null && size.hasRoomFor(entry)) {
      boolean taken = take(0, AggregateSize.of(entry));
      if (taken) {
        size.add(entry);
      }
      return taken;
    }
    AggregateSize next = new AggregateSize(entry);
    boolean taken = take(1, next.bytes());
    if (taken) {
      open.put(key, next);
    }
    return taken;
  }
}
