@NullMarked
package routes.reload;

import org.jspecify.annotations.NullMarked;
