/**
 * Kafka in place of Kinesis: topics are streams, partitions shards and offsets positions. All else
 * of the app reads and writes them as it does Kinesis', by the same interface of the AWS SDK, so
 * that delivery, its checkpoints and the audit are the same on both.
 */
@NullMarked
package routes.kafka;

import org.jspecify.annotations.NullMarked;
