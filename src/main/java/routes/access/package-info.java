/**
 * Who may come in: keys, the usual headers they are sent in, and a guard for a whole HTTP server.
 * Keys are kept and compared as digests; nothing here puts one into a log, an error or an answer.
 */
@NullMarked
package routes.access;

import org.jspecify.annotations.NullMarked;
