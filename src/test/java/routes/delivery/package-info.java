/** Tests of delivery, without Camel, Kinesis or S3. */
@NullMarked
package routes.delivery;

import org.jspecify.annotations.NullMarked;
