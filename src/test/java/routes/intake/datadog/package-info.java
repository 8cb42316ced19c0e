@NullMarked
package routes.intake.datadog;

import org.jspecify.annotations.NullMarked;
