package routes.backfill;

import org.jspecify.annotations.Nullable;
import routes.ledger.Position;

/**
 * A stretch of a shard that the batch layer lacks, and the lines that stand there.
 *
 * @param raw the object that has them
 * @param lines those of its lines that are meant, each closed by a newline, or null for all
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Piece(Position first, Position last, LayerObject raw, byte @Nullable [] lines) {}
