/** The format in which the Kinesis Producer Library gathers several records in one. */
@NullMarked
package routes.aggregation;

import org.jspecify.annotations.NullMarked;
