/**
 * What the HTTP intake answers: whether it takes records now, what it took of a body, and what went
 * wrong. Which answer has which status stands in the routes {@code ingest} and {@code errors}.
 */
@NullMarked
package routes.intake;

import org.jspecify.annotations.NullMarked;
