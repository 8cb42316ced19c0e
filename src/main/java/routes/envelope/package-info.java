/**
 * What a record of the stream may hold, known here and nowhere else: one log record or several,
 * compressed with gzip, zlib or zstd, gathered by the Kinesis Producer Library, or sent by a
 * subscription of CloudWatch Logs. Whatever the bytes are, each of them is part of a record that is
 * found, or of one that is rejected.
 */
@NullMarked
package routes.envelope;

import org.jspecify.annotations.NullMarked;
