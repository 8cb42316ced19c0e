@NullMarked
package routes.ingest.otlp;

import org.jspecify.annotations.NullMarked;
