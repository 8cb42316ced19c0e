/**
 * Files as a source of records: the Camel component {@code inbox} follows the JSON Lines files of a
 * folder, growing ones and complete ones, and remembers how far each has been published, whatever
 * becomes of its name and of this process.
 */
@NullMarked
package routes.inbox;

import org.jspecify.annotations.NullMarked;
