@NullMarked
package routes.logging;

import org.jspecify.annotations.NullMarked;
