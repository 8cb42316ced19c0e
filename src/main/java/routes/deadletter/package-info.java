/**
 * What becomes of a record that can never be delivered: a message for the dead-letter queue that
 * says why, from where and when, with the original bytes, byte for byte. Bytes too large for a
 * message are kept in the bucket and the message points there.
 */
@NullMarked
package routes.deadletter;

import org.jspecify.annotations.NullMarked;
