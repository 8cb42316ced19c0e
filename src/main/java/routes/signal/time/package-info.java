/**
 * Timestamps as logs, points and spans write them: ISO 8601 and its neighbours, numbers since 1970.
 *
 * <p>A pure function of the bytes, so that two workers put a record into the same hour.
 */
@NullMarked
package routes.signal.time;

import org.jspecify.annotations.NullMarked;
