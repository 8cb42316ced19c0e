@NullMarked
package routes.observe;

import org.jspecify.annotations.NullMarked;
