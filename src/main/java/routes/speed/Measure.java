package routes.speed;

import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;

/**
 * What of a record goes into figures.
 *
 * @param series which of its service's
 * @param trace the one it belongs to, or null
 * @param value finite: milliseconds that it took, or what was measured; null = neither
 */
record Measure(String series, boolean error, @Nullable ByteSlice trace, @Nullable Double value) {}
