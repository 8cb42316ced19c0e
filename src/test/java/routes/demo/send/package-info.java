@NullMarked
package routes.demo.send;

import org.jspecify.annotations.NullMarked;
