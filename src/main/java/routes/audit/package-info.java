/**
 * Proves that what is on the streams is in the lake, once: {@link routes.audit.AuditCommand} reads
 * both and names every record for which that does not hold.
 */
@NullMarked
package routes.audit;

import org.jspecify.annotations.NullMarked;
