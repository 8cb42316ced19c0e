/**
 * The way onto the stream: a {@code KinesisClient} that gathers the records of many concurrent
 * callers into few, full {@code PutRecords} calls and sends again only what was refused. A caller
 * gets an answer when every one of its records is acknowledged, or an exception that says exactly
 * which were not.
 */
@NullMarked
package routes.kinesis.publish;

import org.jspecify.annotations.NullMarked;
