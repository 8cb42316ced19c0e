/**
 * Several workers share a stream: the Kinesis Client Library, with a lease for each shard in a
 * DynamoDB table, decides which of them reads which shard. It fetches no records and keeps no
 * positions; reading is {@code routes.kinesis.read}' and what is delivered is {@code
 * routes.ledger}'s to know.
 */
@NullMarked
package routes.kinesis.leases;

import org.jspecify.annotations.NullMarked;
