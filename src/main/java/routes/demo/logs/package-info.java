/** The kinds of logs as templates: compiled once from YAML, then written many times a second. */
@NullMarked
package routes.demo.logs;

import org.jspecify.annotations.NullMarked;
