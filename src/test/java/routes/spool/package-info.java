@NullMarked
package routes.spool;

import org.jspecify.annotations.NullMarked;
