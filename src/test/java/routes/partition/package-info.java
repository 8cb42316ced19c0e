/** Tests of where a record belongs in the lake. */
@NullMarked
package routes.partition;

import org.jspecify.annotations.NullMarked;
