/** Tests of what makes a log record, with generated records and generated damage. */
@NullMarked
package routes.record;

import org.jspecify.annotations.NullMarked;
