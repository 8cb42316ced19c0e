@NullMarked
package routes.ingest.zipkin;

import org.jspecify.annotations.NullMarked;
