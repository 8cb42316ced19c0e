/** Tests of leases. */
@NullMarked
package routes.kinesis.leases;

import org.jspecify.annotations.NullMarked;
