/** The buckets: what lies where, what is in it, and a search through the logs. */
@NullMarked
package routes.dashboard.lake;

import org.jspecify.annotations.NullMarked;
