@NullMarked
package routes.dashboard.web;

import org.jspecify.annotations.NullMarked;
