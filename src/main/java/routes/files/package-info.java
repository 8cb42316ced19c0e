/** Files that outlast a crash of the machine. */
@NullMarked
package routes.files;

import org.jspecify.annotations.NullMarked;
