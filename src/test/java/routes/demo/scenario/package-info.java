@NullMarked
package routes.demo.scenario;

import org.jspecify.annotations.NullMarked;
