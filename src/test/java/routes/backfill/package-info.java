@NullMarked
package routes.backfill;

import org.jspecify.annotations.NullMarked;
