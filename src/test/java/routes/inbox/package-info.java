@NullMarked
package routes.inbox;

import org.jspecify.annotations.NullMarked;
