@NullMarked
package routes.dashboard.query;

import org.jspecify.annotations.NullMarked;
