/**
 * How settings are read: {@code application.properties} names each one with its environment
 * variable and default, and a value that is not allowed is refused with one line. Each floor has a
 * record of its own settings; nothing else reads the environment (decision 11).
 */
@NullMarked
package routes.settings;

import org.jspecify.annotations.NullMarked;
