@NullMarked
package routes.ingest;

import org.jspecify.annotations.NullMarked;
