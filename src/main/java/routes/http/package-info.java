/**
 * Both HTTP servers with TLS, what a request passes before its route (keys, origins, limits, its
 * body), how routes take and answer it, and what it is told when it fails.
 */
@NullMarked
package routes.http;

import org.jspecify.annotations.NullMarked;
