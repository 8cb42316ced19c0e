/**
 * Records over HTTP: requests are read in their {@link routes.ingest.Protocol}, each a room of its
 * own, and what they hold goes the same way from there, which is the route {@code ingest}.
 */
@NullMarked
package routes.ingest;

import org.jspecify.annotations.NullMarked;
