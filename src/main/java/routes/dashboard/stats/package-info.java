/** What the pipeline does, in numbers: totals, rates, and an hour of them kept in memory. */
@NullMarked
package routes.dashboard.stats;

import org.jspecify.annotations.NullMarked;
