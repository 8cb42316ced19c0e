@NullMarked
package routes.demo.control;

import org.jspecify.annotations.NullMarked;
