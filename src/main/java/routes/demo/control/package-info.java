/** What starts, stops and shows the demo: a page and a REST API. */
@NullMarked
package routes.demo.control;

import org.jspecify.annotations.NullMarked;
