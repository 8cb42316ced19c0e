/**
 * The embedded local cloud: Kinesis, S3 and SQS behind one HTTP port, with all data as files under
 * one directory. The gateway sends each request to the service it names. What a client was told is
 * stored survives a killed process.
 */
@NullMarked
package routes.local;

import org.jspecify.annotations.NullMarked;
