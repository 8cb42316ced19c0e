/** Trying again: what is tried, since when, and why it failed last. Imports nobody. */
@NullMarked
package routes.retry;

import org.jspecify.annotations.NullMarked;
