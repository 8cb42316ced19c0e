/** Who and what is talked about: users and orders whose later deeds fit their earlier ones. */
@NullMarked
package routes.demo.people;

import org.jspecify.annotations.NullMarked;
