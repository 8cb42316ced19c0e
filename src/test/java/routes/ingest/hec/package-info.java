@NullMarked
package routes.ingest.hec;

import org.jspecify.annotations.NullMarked;
