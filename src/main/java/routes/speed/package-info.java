/**
 * The speed layer: figures per minute and hour in PostgreSQL, seconds after records came. Each part
 * of a read goes there in one transaction with the position that it reaches, so that no record
 * counts twice.
 */
@NullMarked
package routes.speed;

import org.jspecify.annotations.NullMarked;
