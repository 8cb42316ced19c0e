package routes.faults;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import routes.cloud.LeaseClients;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Who has which shard, as the workers have it in DynamoDB. */
final class LeaseTable {

  private static final String NAME = "camel-app";

  private final LeaseClients clients;

  LeaseTable(LeaseClients clients) {
    this.clients = clients;
  }

  /** The process of each of these shards; those that nobody has are left out. */
  Map<String, Long> owners(List<String> shards) {
    Map<String, Long> owners = new HashMap<>();
    for (Map<String, AttributeValue> lease : leases()) {
      String shard = lease.get("leaseKey").s();
      AttributeValue owner = lease.getOrDefault("checkpointOwner", lease.get("leaseOwner"));
      if (shards.contains(shard) && owner != null) {
        owners.put(shard, Long.parseLong(owner.s().substring(0, owner.s().indexOf('@'))));
      }
    }
    return owners;
  }

  /** How many of these shards each process has, the most first, such as {@code 3-3-2}. */
  String spread(List<String> shards) {
    Map<Long, Integer> counts = new TreeMap<>();
    owners(shards).values().forEach(process -> counts.merge(process, 1, Integer::sum));
    return String.join(
        "-",
        counts.values().stream().sorted(Comparator.reverseOrder()).map(String::valueOf).toList());
  }

  private List<Map<String, AttributeValue>> leases() {
    try {
      return clients
          .dynamoDb()
          .scan(scan -> scan.tableName(NAME).consistentRead(true))
          .join()
          .items();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof ResourceNotFoundException) {
        return List.of();
      }
      throw failure;
    }
  }
}
