/** Tests of the ledger. */
@NullMarked
package routes.ledger;

import org.jspecify.annotations.NullMarked;
