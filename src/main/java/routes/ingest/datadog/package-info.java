/**
 * Datadog's intake for logs: its records are ours but for a few names, and its answers are its own.
 */
@NullMarked
package routes.ingest.datadog;

import org.jspecify.annotations.NullMarked;
