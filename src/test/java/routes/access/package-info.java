@NullMarked
package routes.access;

import org.jspecify.annotations.NullMarked;
