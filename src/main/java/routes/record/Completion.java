package routes.record;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What intake appends to a record that lacks it. Bytes that came are never rewritten.
 *
 * @param service the service of a record that names none, or null
 * @param ingestId gives the {@code ingest_id} of a record without a {@code record_id}; asked at
 *     most once a record
 */
public record Completion(@Nullable String service, Supplier<String> ingestId) {}
