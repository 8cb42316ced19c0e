@NullMarked
package routes.envelope;

import org.jspecify.annotations.NullMarked;
