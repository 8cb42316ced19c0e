@NullMarked
package routes.format;

import org.jspecify.annotations.NullMarked;
