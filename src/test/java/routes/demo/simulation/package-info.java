@NullMarked
package routes.demo.simulation;

import org.jspecify.annotations.NullMarked;
