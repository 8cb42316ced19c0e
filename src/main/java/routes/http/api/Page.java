package routes.http.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next what to ask for as {@code page} to get the following part; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {}
