/**
 * What a stream is to those who read it: records and rejections at places that can be compared,
 * with the times they came, and how the reading goes. It knows no kind of stream.
 */
@NullMarked
package routes.stream;

import org.jspecify.annotations.NullMarked;
