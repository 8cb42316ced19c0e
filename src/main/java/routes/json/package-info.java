/**
 * The bytes of JSON: slices of them, lines, where a value ends, scalars and well-formed UTF-8.
 *
 * <p>It knows no field and no record, only what RFC 8259 and Unicode say, and copies nothing that
 * it need not.
 */
@NullMarked
package routes.json;

import org.jspecify.annotations.NullMarked;
