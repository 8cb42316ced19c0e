@NullMarked
package routes.signals;

import org.jspecify.annotations.NullMarked;
