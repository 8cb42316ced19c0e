/** What is the case now: the summary, the last objects, and the events that tell of changes. */
@NullMarked
package routes.dashboard.overview;

import org.jspecify.annotations.NullMarked;
