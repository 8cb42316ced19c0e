/**
 * A small Amazon SQS inside this process: standard queues, spoken to in JSON. {@link
 * routes.local.sqs.EmbeddedSqs} answers the AWS API; a queue is a directory, a message a file in
 * it, and a call is answered once the files it changes are written.
 */
@NullMarked
package routes.local.sqs;

import org.jspecify.annotations.NullMarked;
