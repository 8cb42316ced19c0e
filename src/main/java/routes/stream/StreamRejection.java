package routes.stream;

import java.time.Instant;
import java.util.List;
import routes.json.ByteSlice;
import routes.ledger.Position;
import routes.record.Rejection;

/**
 * What was found on a shard and is no acceptable record: one element, or all those that came in one
 * piece.
 *
 * @param position of the first
 * @param arrival when the stream took what holds it, by the stream's clock
 * @param pieces its bytes in order, those of several elements each ending where a line may end
 * @param rejection why, or why the first
 * @param count how many elements, 1 or more
 */
public record StreamRejection(
    Position position, Instant arrival, List<ByteSlice> pieces, Rejection rejection, int count) {}
