@NullMarked
package routes.ingest.datadog;

import org.jspecify.annotations.NullMarked;
