/** The language in which records are searched for: texts, fields, levels, and what joins them. */
@NullMarked
package routes.dashboard.query;

import org.jspecify.annotations.NullMarked;
