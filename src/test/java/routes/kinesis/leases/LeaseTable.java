package routes.kinesis.leases;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import routes.cloud.LeaseClients;
import routes.signal.Signal;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Who has which shard of a signal's stream, as the workers have it in DynamoDB. */
public final class LeaseTable {

  private final LeaseClients clients;
  private final String name;

  public LeaseTable(LeaseClients clients, Signal signal) {
    this.clients = clients;
    this.name = signal == Signal.LOGS ? "camel-app" : "camel-app-" + signal.word();
  }

  /** Makes it and the two beside it, empty, as Terraform does. */
  public void create() {
    create(
        name,
        "leaseKey",
        table ->
            table
                .attributeDefinitions(text("leaseKey"), text("leaseOwner"))
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName("LeaseOwnerToLeaseKeyIndex")
                        .keySchema(key("leaseOwner", KeyType.HASH), key("leaseKey", KeyType.RANGE))
                        .projection(what -> what.projectionType(ProjectionType.KEYS_ONLY))
                        .build()));
    create(name + "-WorkerMetricStats", "wid", table -> table.attributeDefinitions(text("wid")));
    create(name + "-CoordinatorState", "key", table -> table.attributeDefinitions(text("key")));
  }

  /** The process of each of these shards; those that nobody has are left out. */
  public Map<String, Long> owners(List<String> shards) {
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

  /**
   * Whether these shards are spread as evenly as the library makes it: it moves a shard only to a
   * process that has no more than the average with it, so that of eight shards one process of three
   * may keep four.
   */
  public boolean isEven(List<String> shards, List<Long> processes) {
    Map<Long, Integer> counts = counts(shards);
    if (!counts.keySet().containsAll(processes)) {
      return false;
    }
    int most = Collections.max(counts.values());
    int fewest = Collections.min(counts.values());
    double average = (double) shards.size() / counts.size();
    return most - fewest <= 1 || fewest + 1 > average;
  }

  /** How many of these shards each process has, the most first, such as {@code 3-3-2}. */
  public String spread(List<String> shards) {
    return String.join(
        "-",
        counts(shards).values().stream()
            .sorted(Comparator.reverseOrder())
            .map(String::valueOf)
            .toList());
  }

  private Map<Long, Integer> counts(List<String> shards) {
    Map<Long, Integer> counts = new TreeMap<>();
    owners(shards).values().forEach(process -> counts.merge(process, 1, Integer::sum));
    return counts;
  }

  private void create(String table, String key, Consumer<CreateTableRequest.Builder> more) {
    clients
        .dynamoDb()
        .createTable(
            request -> {
              request
                  .tableName(table)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(key(key, KeyType.HASH));
              more.accept(request);
            })
        .join();
  }

  private static AttributeDefinition text(String attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }

  private List<Map<String, AttributeValue>> leases() {
    try {
      return clients
          .dynamoDb()
          .scan(scan -> scan.tableName(name).consistentRead(true))
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
