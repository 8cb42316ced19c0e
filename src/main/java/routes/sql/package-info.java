/**
 * SQL over copies of objects, by DuckDB in a process of its own.
 *
 * <p>DuckDB's limit of memory does not hold for every value, and native code that fails takes its
 * process with it. So a query runs in a child that the system bounds, that has nothing of this
 * process's environment, and that can be killed at any time.
 */
@NullMarked
package routes.sql;

import org.jspecify.annotations.NullMarked;
