@NullMarked
package routes.settings;

import org.jspecify.annotations.NullMarked;
