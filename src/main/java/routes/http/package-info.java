/** The HTTP servers of intake and dashboard: what is in front of every request, and TLS. */
@NullMarked
package routes.http;

import org.jspecify.annotations.NullMarked;
