@NullMarked
package routes.log;

import org.jspecify.annotations.NullMarked;
