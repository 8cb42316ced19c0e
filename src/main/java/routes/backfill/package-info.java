/**
 * Makes the batch layer from the raw one for hours that the streams no longer have: {@link
 * routes.backfill.BackfillCommand} goes through the raw lake by service and hour, {@link
 * routes.backfill.ShardHour} says what the batch layer lacks of one.
 */
@NullMarked
package routes.backfill;

import org.jspecify.annotations.NullMarked;
