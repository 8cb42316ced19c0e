/** The signals: logs, metrics and traces. */
@NullMarked
package routes.signal;

import org.jspecify.annotations.NullMarked;
