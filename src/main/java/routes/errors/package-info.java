/**
 * Errors to CloudWatch Logs: log records of a level and above go into a log group seconds after
 * they came, where metric filters and alarms see them. Each shard has a log stream there. What a
 * crash leaves between a put and the checkpoint is found again in that log stream and not put
 * twice.
 */
@NullMarked
package routes.errors;

import org.jspecify.annotations.NullMarked;
