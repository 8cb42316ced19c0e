@NullMarked
package routes.dashboard.stats;

import org.jspecify.annotations.NullMarked;
