@NullMarked
package routes.dashboard.alerts;

import org.jspecify.annotations.NullMarked;
