/**
 * How the servers that people and programs look at answer: one way for every endpoint.
 *
 * <p>An endpoint is a method {@code Object name(Request request)} of a class that has what it needs
 * through its constructor. It is added in {@link routes.dashboard.DashboardApi} with one line, such
 * as {@code api.get("/api/s3/buckets", buckets::list)} or {@code
 * api.post("/api/dead-letters/:id/replay", letters::replay)}. It
 *
 * <ul>
 *   <li>runs on a thread that may block, one of a few: it must be done within seconds, and what
 *       streams for longer returns a {@link routes.http.api.Content};
 *   <li>reads parameters through {@link routes.http.api.Request}, which refuses what is out of
 *       bounds; lists take {@code limit} and {@code page} and return a {@link
 *       routes.http.api.Page};
 *   <li>returns what is to be sent as JSON, normally a record: times are {@link java.time.Instant},
 *       null and empty optionals are left out;
 *   <li>throws {@link routes.http.HttpProblem} for what the client is told; failures of AWS are
 *       told by themselves, everything else is a 500 and a line in the log.
 * </ul>
 *
 * <p>Whatever is not a GET passes {@link routes.http.api.WriteGuard} first.
 */
@NullMarked
package routes.http.api;

import org.jspecify.annotations.NullMarked;
