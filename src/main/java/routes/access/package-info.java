/**
 * Who may come in: keys, the usual headers they are sent in, a guard for a whole HTTP server, and
 * what keeps pages of other sites out of servers that ask for no key. Keys are kept and compared as
 * digests; nothing here puts one into a log, an error or an answer.
 */
@NullMarked
package routes.access;

import org.jspecify.annotations.NullMarked;
