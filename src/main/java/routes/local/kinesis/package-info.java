/**
 * A small Amazon Kinesis inside this process, durable across {@code kill -9}. {@link
 * routes.local.kinesis.EmbeddedKinesis} answers the AWS API in JSON and CBOR; a stream is a
 * directory, a shard an append-only log of segment files, and a put is answered once its records
 * are forced to disk.
 */
@NullMarked
package routes.local.kinesis;

import org.jspecify.annotations.NullMarked;
