package routes.format;

import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;

/**
 * A record on its way into a table.
 *
 * @param line the whole record
 * @param micros when it happened, in microseconds since 1970, or null when its line does not say
 */
record Row(ByteSlice line, @Nullable Long micros) {}
