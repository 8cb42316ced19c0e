/** Records as they are, in JSON over HTTP. */
@NullMarked
package routes.ingest.json;

import org.jspecify.annotations.NullMarked;
