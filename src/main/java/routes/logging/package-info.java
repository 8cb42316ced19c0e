/** What becomes of log lines before they are written. */
@NullMarked
package routes.logging;

import org.jspecify.annotations.NullMarked;
