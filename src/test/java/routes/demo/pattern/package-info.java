@NullMarked
package routes.demo.pattern;

import org.jspecify.annotations.NullMarked;
