@NullMarked
package routes.demo;

import org.jspecify.annotations.NullMarked;
