@NullMarked
package routes.sql;

import org.jspecify.annotations.NullMarked;
