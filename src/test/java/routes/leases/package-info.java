/** Tests of leases. */
@NullMarked
package routes.leases;

import org.jspecify.annotations.NullMarked;
