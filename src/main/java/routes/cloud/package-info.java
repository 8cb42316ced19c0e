/**
 * What the application needs of AWS, wherever AWS is: clients for Kinesis, S3 and SQS, and the
 * streams, buckets and queues it works with. The same code serves the embedded local cloud,
 * LocalStack and AWS; only the endpoint and the credentials differ.
 */
@NullMarked
package routes.cloud;

import org.jspecify.annotations.NullMarked;
