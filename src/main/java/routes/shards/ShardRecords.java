package routes.shards;

import java.util.List;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;

/**
 * What one {@code GetRecords} call brought: the body of an exchange of {@code kinesis-shards}.
 *
 * @param ledger where delivery of this shard is accounted for
 * @param window which records were seen lately
 * @param records in shard order, at least one
 */
public record ShardRecords(
    ShardId shard, ShardLedger ledger, DuplicateWindow window, List<ShardRecord> records) {}
