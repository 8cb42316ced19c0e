/** CBOR as Kinesis and its SDKs speak it, read where it lies and written at once. */
@NullMarked
package routes.cbor;

import org.jspecify.annotations.NullMarked;
