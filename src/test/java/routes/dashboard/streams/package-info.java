@NullMarked
package routes.dashboard.streams;

import org.jspecify.annotations.NullMarked;
