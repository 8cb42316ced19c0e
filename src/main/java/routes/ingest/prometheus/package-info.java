/**
 * Prometheus's remote write 1.0 and 2.0 (release candidate 4): each sample, native histogram and
 * exemplar becomes a data point of its own.
 */
@NullMarked
package routes.ingest.prometheus;

import org.jspecify.annotations.NullMarked;
