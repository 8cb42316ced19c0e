/**
 * Splunk's HTTP Event Collector (HEC), as its senders know it: events become records, and answers
 * carry its codes.
 */
@NullMarked
package routes.ingest.hec;

import org.jspecify.annotations.NullMarked;
