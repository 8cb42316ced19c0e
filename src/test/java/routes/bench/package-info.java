/** Benchmarks, run with {@code mvn -Pbench}; they measure CPU time and assert nothing. */
@NullMarked
package routes.bench;

import org.jspecify.annotations.NullMarked;
