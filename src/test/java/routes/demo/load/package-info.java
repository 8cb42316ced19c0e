@NullMarked
package routes.demo.load;

import org.jspecify.annotations.NullMarked;
