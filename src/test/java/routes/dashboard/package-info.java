@NullMarked
package routes.dashboard;

import org.jspecify.annotations.NullMarked;
