/**
 * A small Amazon S3 inside this process, over Vert.x: an object is a plain file at its key, and
 * what it says of itself is in the file's extended attributes. {@link routes.local.s3.EmbeddedS3}
 * answers the AWS API; a body passes through memory in pieces, and a put is answered once its file
 * is in its place.
 */
@NullMarked
package routes.local.s3;

import org.jspecify.annotations.NullMarked;
