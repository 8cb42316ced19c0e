/**
 * YAML files as values that know their file and line, so that what is wrong in one can be named.
 */
@NullMarked
package routes.demo.data;

import org.jspecify.annotations.NullMarked;
