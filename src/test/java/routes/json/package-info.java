/** Tests of the bytes of JSON. */
@NullMarked
package routes.json;

import org.jspecify.annotations.NullMarked;
