@NullMarked
package routes.http.api;

import org.jspecify.annotations.NullMarked;
