/** Local disk for what outgrows memory on its way to the lake; nothing on it needs to last. */
@NullMarked
package routes.spool;

import org.jspecify.annotations.NullMarked;
