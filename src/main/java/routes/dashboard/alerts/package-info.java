/** What an operator should look at now, worked out from the last minutes' numbers. */
@NullMarked
package routes.dashboard.alerts;

import org.jspecify.annotations.NullMarked;
