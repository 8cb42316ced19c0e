/**
 * Every setting of the application as a typed, checked value. {@code application.properties} names
 * each one with its environment variable and default; {@link routes.settings.Settings} refuses a
 * bad value with one line before anything starts. Nothing else reads the environment.
 */
@NullMarked
package routes.settings;

import org.jspecify.annotations.NullMarked;
