@NullMarked
package routes.ingest.prometheus;

import org.jspecify.annotations.NullMarked;
