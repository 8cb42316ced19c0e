/**
 * Where a record belongs in the lake: its service and the hour of its own time make a partition, a
 * partition and a position in a shard make an object's name. Pure functions, and reversible ones.
 */
@NullMarked
package routes.partition;

import org.jspecify.annotations.NullMarked;
