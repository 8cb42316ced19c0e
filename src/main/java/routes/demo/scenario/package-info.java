/** What can go wrong: scenarios declared in YAML, and anomalies, which are scenarios that run. */
@NullMarked
package routes.demo.scenario;

import org.jspecify.annotations.NullMarked;
