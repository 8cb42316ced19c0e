/**
 * A log record: how bytes become one, what makes it acceptable and why it is rejected otherwise.
 *
 * <p>Everything here is a pure function of the bytes, the arrival time and the settings, so that
 * two workers that read the same stream reject, group and name alike. It knows neither Camel nor
 * AWS nor a clock.
 */
@NullMarked
package routes.record;

import org.jspecify.annotations.NullMarked;
