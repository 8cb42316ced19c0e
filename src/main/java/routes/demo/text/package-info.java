/** Lines of JSON as bytes, written without garbage. */
@NullMarked
package routes.demo.text;

import org.jspecify.annotations.NullMarked;
