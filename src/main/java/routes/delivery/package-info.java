/**
 * From what was read of a shard to objects in the lake: {@link routes.delivery.Partitioner} sorts a
 * read into batches by service and hour, {@link routes.delivery.OpenBatches} joins them, {@link
 * routes.delivery.GroupSequencer} keeps the objects of a group in order. Which step follows which
 * stands in the route {@code deliver}.
 */
@NullMarked
package routes.delivery;

import org.jspecify.annotations.NullMarked;
