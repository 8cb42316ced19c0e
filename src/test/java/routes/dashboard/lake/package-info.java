@NullMarked
package routes.dashboard.lake;

import org.jspecify.annotations.NullMarked;
