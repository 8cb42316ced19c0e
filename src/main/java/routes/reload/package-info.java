/**
 * The route files: which of them run, and saved edits that take effect while the app runs (decision
 * 12).
 */
@NullMarked
package routes.reload;

import org.jspecify.annotations.NullMarked;
