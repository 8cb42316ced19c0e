/** The signals: logs, metrics and traces, and what is said of them in many ways. */
@NullMarked
package routes.signal;

import org.jspecify.annotations.NullMarked;
