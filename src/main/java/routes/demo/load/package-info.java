/** The load generator: an open loop of requests and what became of them. */
@NullMarked
package routes.demo.load;

import org.jspecify.annotations.NullMarked;
