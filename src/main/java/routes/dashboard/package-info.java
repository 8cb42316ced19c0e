/** The dashboard on port 8010: what people and programs see of the pipeline while it runs. */
@NullMarked
package routes.dashboard;

import org.jspecify.annotations.NullMarked;
