/**
 * A small Amazon CloudWatch Logs inside this process: groups, log streams and their events, to put,
 * read and filter. {@link routes.local.logs.EmbeddedLogs} answers the AWS API; a log stream is a
 * directory with a file for each hour of its events, and a call is answered once the files it
 * changes are written.
 */
@NullMarked
package routes.local.logs;

import org.jspecify.annotations.NullMarked;
